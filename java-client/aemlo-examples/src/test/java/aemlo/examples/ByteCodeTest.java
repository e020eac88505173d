// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes of every module, read as a JVM reads them. */
class ByteCodeTest {
  private static final int MAGIC = 0xCAFEBABE;

  /** The class files that Java 11 writes; an older JVM refuses newer ones. */
  private static final int JAVA_11 = 55;

  @Test
  void classes_OfEveryModule_LoadInJava11() throws Exception {
    List<String> modules = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String module = module(entry);
      if (module != null) {
        modules.add(module);
        check(Path.of(entry));
      }
    }

    assertThat(modules)
        .contains("aemlo-client", "aemlo-instances", "aemlo-mulan", "aemlo-weka", "aemlo-examples");
  }

  /** The module of ours that a class path entry belongs to: its jar or target/classes. */
  private static String module(String entry) {
    for (Path part : Path.of(entry)) {
      if (part.toString().matches("aemlo-[a-z]+")
          && entry.contains(part + File.separator + "target")) {
        return part.toString();
      }
    }
    return null;
  }

  private static void check(Path entry) throws Exception {
    if (Files.isDirectory(entry)) {
      checkBelow(entry);
      return;
    }
    URI jar = URI.create("jar:" + entry.toUri());
    try (FileSystem content = FileSystems.newFileSystem(jar, Map.of())) {
      checkBelow(content.getPath("/"));
    }
  }

  private static void checkBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> classes =
          files.filter(file -> file.toString().endsWith(".class")).collect(Collectors.toList());
      assertThat(classes).as(root.toString()).isNotEmpty();
      for (Path file : classes) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
          assertThat(in.readInt()).as(file.toString()).isEqualTo(MAGIC);
          in.readUnsignedShort();
          assertThat(in.readUnsignedShort()).as(file.toString()).isLessThanOrEqualTo(JAVA_11);
        }
      }
    }
  }
}
