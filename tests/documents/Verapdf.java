import java.io.File;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Tells of each file whether it is PDF/UA-1, and which rules it breaks, in lines of fields parted by tabs:
 * "file", true or false, how many checks were made; after it, for each break, "broken", the rule, what it asks, where.
 */
public class Verapdf {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    VeraPDFFoundry foundry = Foundries.defaultInstance();
    PDFAFlavour flavour = PDFAFlavour.fromString("ua1");
    for (String name : files) {
      try (PDFAParser parser = foundry.createParser(new File(name), flavour);
          PDFAValidator validator = foundry.createValidator(flavour, false)) {
        ValidationResult found = validator.validate(parser);
        tell("file", found.isCompliant(), found.getTotalAssertions());
        for (TestAssertion one : found.getTestAssertions()) {
          if (one.getStatus() == TestAssertion.Status.FAILED) {
            String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
            tell("broken", rule, one.getMessage(), one.getLocation().getContext());
          }
        }
      }
    }
  }

  private static void tell(Object... fields) {
    Stream<String> onOneLine = Stream.of(fields).map(one -> String.valueOf(one).replaceAll("\\s+", " "));
    System.out.println(onOneLine.collect(Collectors.joining("\t")));
  }
}
