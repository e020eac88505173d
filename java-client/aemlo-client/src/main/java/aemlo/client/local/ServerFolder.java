// SPDX-License-Identifier: Apache-2.0
package aemlo.client.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server that is started here keeps its data: a folder of its own, since two servers cannot
 * share one, gone with the JVM. A JVM that was killed leaves its folder to the next one to remove.
 */
final class ServerFolder {
  private static final Logger LOG = Logger.getLogger("aemlo.client");
  private static final String PREFIX = "aemlo-jvm-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]+)-.*");

  private ServerFolder() {}

  /** Makes one in the folder for temporary files, which only this user can read. */
  static Path make() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    removeOrphans(parent);
    return Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
  }

  /** Removes the folders of JVMs that are gone. */
  static void removeOrphans(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (name.matches()
            && isOurs(folder, parent)
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          remove(folder);
        }
      }
    } catch (IOException unreadable) {
      LOG.log(
          Level.FINE,
          "left-over folders in {0} cannot be listed: {1}",
          new Object[] {parent, unreadable});
    }
  }

  /** Removes a folder with what is in it; follows no link. */
  static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException error)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException inUse) {
      LOG.log(Level.FINE, "{0} cannot be removed: {1}", new Object[] {folder, inUse});
    }
  }

  private static boolean isOurs(Path folder, Path parent) throws IOException {
    return Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
        && folder.getParent().equals(parent);
  }
}
