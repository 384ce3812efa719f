import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Holds PDF files against profiles with the veraPDF engine, one question a line.
 *
 * <p>A question is a profile ("3a", "ua1"), a tab and a path; the answer is one line of JSON: whether the file is
 * compliant, how many checks were made, and each rule that failed. A file that cannot be opened gets an answer with
 * "error". The program ends when its input does.
 */
public final class VeraPdfJudge {
    private static final int ASSERTIONS_KEPT = 1000;

    private VeraPdfJudge() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what the engine itself may print must not stand among the answers
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] question = line.split("\t", 2);
            answers.println(answer(question[0], question[1]));
        }
    }

    private static String answer(String profile, String path) {
        try {
            return verdict(PDFAFlavour.byFlavourId(profile), new File(path));
        } catch (Exception | StackOverflowError problem) { // whatever a broken file does to the parser is its answer
            return "{" + pair("error", quoted(problem.toString())) + "}";
        }
    }

    private static String verdict(PDFAFlavour flavour, File pdf) throws Exception {
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("no such profile");
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour);
                PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(flavour, ASSERTIONS_KEPT, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            return "{" + pair("compliant", String.valueOf(result.isCompliant()))
                    + "," + pair("checks", String.valueOf(result.getTotalAssertions()))
                    + "," + pair("failed", failures(result)) + "}";
        }
    }

    private static String failures(ValidationResult result) {
        Map<RuleId, TestAssertion> first = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                first.putIfAbsent(assertion.getRuleId(), assertion);
            }
        }
        return first.values().stream()
                .map(assertion -> failure(assertion, result.getFailedChecks().get(assertion.getRuleId())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String failure(TestAssertion assertion, int count) {
        RuleId rule = assertion.getRuleId();
        return "{" + pair("clause", quoted(rule.getClause()))
                + "," + pair("test", String.valueOf(rule.getTestNumber()))
                + "," + pair("count", String.valueOf(count))
                + "," + pair("message", quoted(assertion.getMessage()))
                + "," + pair("context", quoted(assertion.getLocation().getContext())) + "}";
    }

    private static String pair(String key, String value) {
        return quoted(key) + ":" + value;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ') {
                json.append(String.format("\\u%04x", (int) character));
            } else {
                json.append(character);
            }
        }
        return json.append('"').toString();
    }
}
