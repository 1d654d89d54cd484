import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Tells of each file whether it is PDF/UA-1, and which rules it breaks. */
public class Verapdf {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.fromString("ua1");
    for (String name : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour)) {
        ValidationResult found =
            Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
        System.out.println(new File(name).getName() + " " + found.isCompliant());
        for (TestAssertion one : found.getTestAssertions()) {
          if (one.getStatus() == TestAssertion.Status.FAILED) {
            System.out.println("  " + one.getRuleId().getClause() + " " + one.getMessage());
          }
        }
      }
    }
  }
}
