// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.weka;

import java.util.List;
import weka.core.Tag;

/** Words as Weka's tags; a word is its own text. */
final class Tags {
  static final Tag[] MISSING_LABELS = of(List.of("refuse", "zero"));

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
