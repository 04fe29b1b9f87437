package io.github.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What keeps the vector backend fast on HotSpot, read from the compiled classes. No test of results can see a breach: the answer
 * stays right, but a boxed vector costs 10 to 25 times the time and allocates.
 */
class JitRulesTest {
    /**
     * C2 adds up the deoptimisations of every inlined method, once for each time it is inlined. Above 200 (half of
     * {@code PerMethodRecompilationCutoff}) it trusts no profile any more that was ever wrong: calls stay virtual, and their vectors on the heap. A
     * kernel of 203 operations came to 204, and allocated for good in some JVMs; its two parts come to 38 and 85. At about 350, C1 gave up, too ("out of virtual
     * registers in LIR generator").
     */
    private static final int MAX_VECTOR_OPERATIONS = 120;

    /** Values that C2 keeps in registers. A species, a shape or an operator is an ordinary constant. */
    private static final Pattern VECTOR_VALUE = Pattern.compile("jdk/incubator/vector/(\\w*Vector|VectorMask|VectorShuffle)\\b");

    @Test
    void noVectorCrossesAMethodBoundary() throws Exception {
        List<String> breaches = new ArrayList<>();
        for (ClassModel type : libraryClasses()) {
            type.fields().stream()
                    .filter(field -> holdsVector(field.fieldType().stringValue()) && !isConstantShuffle(field))
                    .forEach(field -> breaches.add(name(type) + "." + field.fieldName() + " is a field"));
            for (MethodModel method : type.methods()) {
                // Lambdas are covered: their bodies are methods, and what they capture is in the type of the invokedynamic.
                if (holdsVector(method.methodType().stringValue())) {
                    breaches.add(name(type, method) + " takes or returns one");
                }
                method.code().ifPresent(code -> code.forEach(element -> {
                    if (element instanceof InvokeDynamicInstruction i && holdsVector(i.type().stringValue())) {
                        breaches.add(name(type, method) + " captures one");
                    } else if (element instanceof NewReferenceArrayInstruction a && holdsVector(a.componentType().asInternalName())) {
                        breaches.add(name(type, method) + " makes an array of them");
                    }
                }));
            }
        }
        assertEquals(List.of(), breaches);
    }

    @Test
    void kernelsAreSmallEnoughForEveryCompiler() throws Exception {
        List<String> breaches = new ArrayList<>();
        for (ClassModel type : libraryClasses()) {
            for (MethodModel method : type.methods()) {
                long operations = calls(method).filter(call -> isVectorApi(call) && holdsVector(call.type().stringValue())).count();
                if (operations > MAX_VECTOR_OPERATIONS) {
                    breaches.add(name(type, method) + ": " + operations + " vector operations, wanted <= " + MAX_VECTOR_OPERATIONS);
                }
            }
        }
        assertEquals(List.of(), breaches);
    }

    /** A mask of a range is about thirty small methods for C1: with four of them in {@code dot} it ran out of registers, too. */
    @Test
    void noMethodMakesMoreThanOneMaskOfARange() throws Exception {
        List<String> breaches = new ArrayList<>();
        for (ClassModel type : libraryClasses()) {
            for (MethodModel method : type.methods()) {
                long masks = calls(method).filter(call -> isVectorApi(call) && call.name().equalsString("indexInRange")).count();
                if (masks > 1) {
                    breaches.add(name(type, method) + ": " + masks + " masks, wanted <= 1");
                }
            }
        }
        assertEquals(List.of(), breaches);
    }

    /** The order of additions in {@code reduceLanes} is not defined, so neither are its bits. A maximum has no order. */
    @Test
    void noLanesAreAddedInAnUndefinedOrder() throws Exception {
        List<String> breaches = new ArrayList<>();
        for (ClassModel type : libraryClasses()) {
            for (MethodModel method : type.methods()) {
                String operator = "";
                for (CodeElement element : method.code().map(code -> code.elementList()).orElse(List.of())) {
                    if (element instanceof FieldInstruction f && f.owner().asInternalName().equals("jdk/incubator/vector/VectorOperators")) {
                        operator = f.name().stringValue();
                    } else if (element instanceof InvokeInstruction call
                            && isVectorApi(call)
                            && call.name().stringValue().startsWith("reduceLanes")
                            && (operator.equals("ADD") || operator.equals("MUL"))) {
                        breaches.add(name(type, method) + " calls " + call.name() + "(" + operator + ")");
                    }
                }
            }
        }
        assertEquals(List.of(), breaches);
    }

    private static Stream<InvokeInstruction> calls(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast);
    }

    private static boolean isVectorApi(InvokeInstruction call) {
        return call.owner().asInternalName().startsWith("jdk/incubator/vector/");
    }

    /** C2 reads a shuffle out of a static final field as it reads a number. */
    private static boolean isConstantShuffle(FieldModel field) {
        return field.flags().has(AccessFlag.STATIC)
                && field.flags().has(AccessFlag.FINAL)
                && field.fieldType().equalsString("Ljdk/incubator/vector/VectorShuffle;");
    }

    private static boolean holdsVector(String descriptor) {
        return VECTOR_VALUE.matcher(descriptor).find();
    }

    private static String name(ClassModel type) {
        return type.thisClass().asInternalName().replace('/', '.');
    }

    private static String name(ClassModel type, MethodModel method) {
        return name(type) + "." + method.methodName();
    }

    private static List<ClassModel> libraryClasses() throws IOException, URISyntaxException {
        Path root = Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                models.add(ClassFile.of().parse(file));
            }
        }
        assertFalse(models.isEmpty(), "no classes in " + root);
        return models;
    }
}
