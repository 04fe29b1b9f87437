/** The command {@code lanewise chat}: a chat-bot that is an encoder-decoder LSTM over words or characters. */
package io.github.lanewise.cli.chat;
