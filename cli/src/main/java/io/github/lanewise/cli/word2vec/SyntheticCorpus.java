package io.github.lanewise.cli.word2vec;

import java.util.List;
import java.util.Random;

/**
 * A small text of our own making, in which kings are to men as queens are to women, and Paris is to France as Rome is to Italy. Sentences are
 * drawn from a few patterns with a seed: the same seed gives the same text on every machine. It shows how word vectors work, and is no
 * measure of how good they are.
 */
final class SyntheticCorpus {
    /** Sentences of the usual size of the text, about 10 words each. */
    static final int SENTENCES = 40_000;

    private static final List<Gender> GENDERS = List.of(
            new Gender("he", "his", "himself", List.of("beard", "sword", "cloak", "boots"),
                    List.of("john", "peter", "henry", "george", "karl", "paul")),
            new Gender("she", "her", "herself", List.of("gown", "necklace", "veil", "slippers"),
                    List.of("mary", "anna", "helen", "clara", "sophie", "jane")));

    private static final List<Role> ROLES = List.of(
            new Role("man", "woman", List.of("field", "plough", "market", "bread"), List.of("works in", "walks to", "leaves")),
            new Role("king", "queen", List.of("throne", "crown", "kingdom", "court"), List.of("rules", "inherits", "commands")),
            new Role("prince", "princess", List.of("palace", "tutor", "pony", "tower"), List.of("dreams of", "plays in", "escapes from")),
            new Role("boy", "girl", List.of("school", "toys", "lesson", "playground"), List.of("runs to", "learns about", "forgets")),
            new Role("father", "mother", List.of("children", "home", "supper", "cradle"), List.of("cares for", "returns to", "worries about")),
            new Role("brother", "sister", List.of("twin", "attic", "secret", "sibling"), List.of("shares", "hides", "teases about")),
            new Role("duke", "duchess", List.of("estate", "manor", "carriage", "hunt"), List.of("owns", "sells", "pays for")),
            new Role("actor", "actress", List.of("stage", "theatre", "drama", "audience"), List.of("rehearses for", "bows to", "performs on")),
            new Role("waiter", "waitress", List.of("tray", "menu", "guests", "kitchen"), List.of("carries", "serves", "cleans")));

    private static final List<Country> COUNTRIES = List.of(
            new Country("france", "paris", List.of("french", "seine", "crepes", "lavender")),
            new Country("italy", "rome", List.of("italian", "tiber", "pasta", "marble")),
            new Country("germany", "berlin", List.of("german", "spree", "pretzels", "beer")),
            new Country("spain", "madrid", List.of("spanish", "manzanares", "paella", "guitars")),
            new Country("england", "london", List.of("english", "thames", "pudding", "cricket")),
            new Country("greece", "athens", List.of("greek", "kifisos", "olives", "temples")),
            new Country("russia", "moscow", List.of("russian", "moskva", "borscht", "furs")),
            new Country("japan", "tokyo", List.of("japanese", "sumida", "sushi", "robots")),
            new Country("china", "beijing", List.of("chinese", "yongding", "dumplings", "silk")),
            new Country("egypt", "cairo", List.of("egyptian", "nile", "falafel", "pyramids")),
            new Country("poland", "warsaw", List.of("polish", "vistula", "pierogi", "amber")),
            new Country("portugal", "lisbon", List.of("portuguese", "tagus", "sardines", "cork")),
            new Country("austria", "vienna", List.of("austrian", "danube", "strudel", "waltzes")),
            new Country("norway", "oslo", List.of("norwegian", "akerselva", "salmon", "fjords")),
            new Country("ireland", "dublin", List.of("irish", "liffey", "stew", "harps")));

    private static final List<String> OF_COUNTRIES = List.of("government", "army", "border", "provinces", "coast", "farmers", "parliament", "nation");
    private static final List<String> OF_CITIES = List.of("streets", "mayor", "station", "suburbs", "traffic", "squares", "museum", "trams");
    private static final List<String> ADJECTIVES = List.of("old", "great", "quiet", "famous", "little", "busy");
    private static final List<String> TIMES = List.of("in spring", "every morning", "at night", "on sundays", "all year", "in winter");

    private final Random random;

    private record Gender(String subject, String possessive, String reflexive, List<String> things, List<String> names) {}

    private record Role(String male, String female, List<String> things, List<String> verbs) {}

    private record Country(String name, String capital, List<String> own) {}

    SyntheticCorpus(long seed) {
        random = new Random(seed);
    }

    /** The next sentence: words with single spaces between them. */
    String sentence() {
        return random.nextBoolean() ? aboutPeople() : aboutPlaces();
    }

    /** Analogy questions whose answers the text implies, in the form of questions-words.txt. */
    static String questions() {
        StringBuilder text = new StringBuilder(": capital-common-countries\n");
        for (Country a : COUNTRIES) {
            for (Country b : COUNTRIES) {
                text.append(a.equals(b) ? "" : String.join(" ", a.capital, a.name, b.capital, b.name) + "\n");
            }
        }
        text.append(": family\n");
        for (Role a : ROLES) {
            for (Role b : ROLES) {
                text.append(a.equals(b) ? "" : String.join(" ", a.male, a.female, b.male, b.female) + "\n");
            }
        }
        return text.toString();
    }

    private String aboutPeople() {
        int which = random.nextInt(GENDERS.size());
        Gender gender = GENDERS.get(which);
        Role role = any(ROLES);
        String person = which == 0 ? role.male : role.female;
        String he = gender.subject;
        String his = gender.possessive;
        return switch (random.nextInt(6)) {
            case 0 -> "the " + person + " " + any(role.verbs) + " the " + any(role.things) + " and " + he + " wears " + his + " " + any(gender.things);
            case 1 -> any(gender.names) + " is a " + person + " who " + any(role.verbs) + " " + his + " " + any(role.things);
            case 2 -> "the " + any(ADJECTIVES) + " " + person + " takes " + his + " " + any(gender.things) + " to the " + any(role.things);
            case 3 -> "every " + person + " knows the " + any(role.things) + " and the " + any(role.things) + " " + gender.reflexive;
            case 4 -> he + " is the " + person + " and " + he + " " + any(role.verbs) + " " + his + " " + any(role.things) + " " + any(TIMES);
            default -> any(gender.names) + " the " + person + " " + any(role.verbs) + " the " + any(role.things) + " by " + gender.reflexive;
        };
    }

    private String aboutPlaces() {
        Country country = any(COUNTRIES);
        String own = any(country.own);
        String other = any(country.own);
        return switch (random.nextInt(7)) {
            case 0 -> "the " + any(OF_COUNTRIES) + " of " + country.name + " liked " + own + " and " + other + " " + any(TIMES);
            case 1 -> "in the country of " + country.name + " the " + any(OF_COUNTRIES) + " thought of " + own;
            case 2 -> own + " and " + other + " belonged to " + country.name + " its " + any(OF_COUNTRIES) + " and its " + any(OF_COUNTRIES);
            case 3 -> "the " + any(OF_CITIES) + " of " + country.capital + " remembered " + own + " and " + other + " " + any(TIMES);
            case 4 -> "in the city of " + country.capital + " near the " + any(OF_CITIES) + " people talked of " + own;
            case 5 -> "visitors found " + own + " in the " + any(ADJECTIVES) + " " + any(OF_CITIES) + " of " + country.capital + " and " + other;
            default -> country.capital + " is the " + any(ADJECTIVES) + " capital of " + country.name + " known for " + own;
        };
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
