package io.github.lanewise.cli.chat;

import java.util.Optional;

/**
 * A question and its answer.
 *
 * @param question what is said to the bot
 * @param answer what the bot shall say
 * @param after the question before, when this one makes no sense without it
 */
record Exchange(String question, String answer, Optional<String> after) {}
