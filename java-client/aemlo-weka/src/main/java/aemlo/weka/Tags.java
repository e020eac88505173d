// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import aemlo.client.option.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import weka.core.Tag;

/** Words as Weka's tags; a word is its own text. */
final class Tags {
  static final Tag[] MISSING_LABELS = of(List.of("refuse", "zero"));

  /** The names of the methods. */
  static final List<String> METHOD_WORDS =
      Arrays.stream(Method.values()).map(Method::word).collect(Collectors.toUnmodifiableList());

  static final Tag[] METHODS = of(METHOD_WORDS);

  private Tags() {}

  static Tag[] of(List<String> words) {
    Tag[] tags = new Tag[words.size()];
    for (int word = 0; word < tags.length; word++) {
      // Tag(int, String, String, boolean): false keeps the case of the word.
      tags[word] = new Tag(word, words.get(word), words.get(word), false);
    }
    return tags;
  }
}
