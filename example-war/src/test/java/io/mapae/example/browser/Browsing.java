package io.mapae.example.browser;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives {@link InBrowser} tests their visitors, and skips them where there is no browser. */
final class Browsing implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Browsing.class);
    private static final String NO_BROWSER =
            "Browser tests skipped: no Chromium; on Debian: apt-get install chromium; elsewhere -Dchromium=PATH";
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a Chromium");
        }
        if (SAID.compareAndSet(false, true)) {
            System.out.println(NO_BROWSER);
        }
        return ConditionEvaluationResult.disabled(NO_BROWSER);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == Visitor.class || type == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Store ofAll = test.getRoot().getStore(NAMESPACE);
        InBrowser wanted = test.getRequiredTestClass().getAnnotation(InBrowser.class);
        Site site = ofAll.getOrComputeIfAbsent(
                wanted, // annotations that say the same are equal
                ignored -> Site.start(wanted),
                Site.class);
        if (parameter.getParameter().getType() == Site.class) {
            return site;
        }
        Chromium chromium = ofAll.getOrComputeIfAbsent(
                Chromium.class, ignored -> Chromium.start(Chromium.find().orElseThrow()), Chromium.class);
        String language =
                parameter.findAnnotation(Speaking.class).map(Speaking::value).orElse("en-US");
        Visitor visitor = chromium.visitor(site.base(), language);
        test.getStore(NAMESPACE).put(parameter.getIndex(), visitor); // closed after the test
        return visitor;
    }
}
