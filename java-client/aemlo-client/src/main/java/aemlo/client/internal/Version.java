// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The client's version, as the build wrote it beside this class. */
public final class Version {
  public static final String TEXT = read();

  private Version() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "version.properties is missing from the client's jar; build it anew", unreadable);
    }
  }
}
