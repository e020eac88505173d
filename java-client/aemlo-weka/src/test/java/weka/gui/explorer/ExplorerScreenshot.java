// SPDX-License-Identifier: GPL-3.0-or-later
package weka.gui.explorer;

import aemlo.weka.TestData;
import java.awt.Component;
import java.awt.Rectangle;
import java.awt.Robot;
import java.io.File;
import javax.imageio.ImageIO;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import weka.core.Instances;
import weka.core.Utils;
import weka.filters.supervised.instance.AEMLO;
import weka.gui.GenericObjectEditor;

/**
 * Applies the filter in Weka's Explorer and takes a picture of it, with the filter's settings
 * beside; see build/explorer-screenshot.sh.
 */
public final class ExplorerScreenshot {
  private static final int ROWS = 240;
  private static final int NEW_ROWS = 60;
  private static final Rectangle EXPLORER = new Rectangle(0, 0, 900, 680);
  private static final Rectangle SETTINGS = new Rectangle(905, 0, 495, 680);
  private static final int LOOK_MS = 100;
  private static final int PAINT_MS = 1500;

  private ExplorerScreenshot() {}

  public static void main(String[] args) throws Exception {
    GenericObjectEditor.registerEditors();
    Explorer explorer = new Explorer();
    PreprocessPanel panel = explorer.getPreprocessPanel();
    AEMLO filter = new AEMLO();
    filter.setOptions(Utils.splitOptions(TestData.FAST + " -num " + NEW_ROWS));
    SwingUtilities.invokeAndWait(
        () -> {
          show("Weka Explorer", explorer, EXPLORER);
          panel.setInstances(TestData.meka(ROWS, false));
          panel.m_FilterEditor.setValue(filter);
          panel.m_ApplyFilterBut.doClick();
        });
    await(panel, ROWS + NEW_ROWS);
    SwingUtilities.invokeAndWait(
        () -> show(AEMLO.class.getName(), panel.m_FilterEditor.getCustomEditor(), SETTINGS));
    Thread.sleep(PAINT_MS);
    ImageIO.write(
        new Robot().createScreenCapture(EXPLORER.union(SETTINGS)), "png", new File(args[0]));
    System.exit(0);
  }

  private static void show(String title, Component content, Rectangle place) {
    JFrame frame = new JFrame(title);
    frame.add(content);
    frame.setBounds(place);
    frame.setVisible(true);
    frame.setBounds(place);
    frame.validate();
  }

  private static void await(PreprocessPanel panel, int rows) throws InterruptedException {
    for (int look = 0; look < 1200; look++) {
      Instances now = panel.getInstances();
      if (now != null && now.numInstances() == rows) {
        return;
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IllegalStateException("the filter did not make " + rows + " rows in the Explorer");
  }
}
