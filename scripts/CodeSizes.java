import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Lists methods of more than 40 lines, and methods and constructors of more than four parameters. It does not count a record's
 * constructor that has as many as the record has components, nor a method with {@code @Override}. Annotations count as lines, comments
 * before the method do not. Parses with the JDK's compiler; run it with the files' names as arguments.
 */
final class CodeSizes extends TreeScanner<Void, ClassTree> {

    private static final int LINES = 40;
    private static final int PARAMETERS = 4;

    private final SourcePositions positions;
    private final CompilationUnitTree unit;
    private final LineMap lineMap;
    private final List<String> longMethods;
    private final List<String> longCalls;

    private CodeSizes(Trees trees, CompilationUnitTree unit, List<String> longMethods, List<String> longCalls) {
        this.positions = trees.getSourcePositions();
        this.unit = unit;
        this.lineMap = unit.getLineMap();
        this.longMethods = longMethods;
        this.longCalls = longCalls;
    }

    public static void main(String[] files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            System.err.println("This needs a JDK; the Java that runs it has no compiler.");
            System.exit(1);
        }
        List<String> longMethods = new ArrayList<>();
        List<String> longCalls = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> paths = List.of(files).stream().map(Path::of).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(paths));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new CodeSizes(trees, unit, longMethods, longCalls).scan(unit, null);
            }
        }
        print("methods over " + LINES + " lines", longMethods);
        print("declared with more than " + PARAMETERS + " parameters", longCalls);
    }

    private static void print(String what, List<String> found) {
        System.out.println(what + ": " + found.size());
        found.forEach(one -> System.out.println("  " + one));
    }

    @Override
    public Void visitClass(ClassTree type, ClassTree outer) {
        return super.visitClass(type, type);
    }

    @Override
    public Void visitMethod(MethodTree method, ClassTree type) {
        long first = lineMap.getLineNumber(positions.getStartPosition(unit, method));
        long last = lineMap.getLineNumber(positions.getEndPosition(unit, method));
        String where = unit.getSourceFile().getName() + ":" + first + " "
                + (method.getReturnType() == null ? type.getSimpleName() : method.getName());
        if (last - first + 1 > LINES) {
            longMethods.add(where + " " + (last - first + 1));
        }
        int parameters = method.getParameters().size();
        if (parameters > PARAMETERS && !isCanonical(method, type) && !isOverride(method)) {
            longCalls.add(where + " " + parameters);
        }
        return super.visitMethod(method, type);
    }

    private static boolean isCanonical(MethodTree method, ClassTree type) {
        return type.getKind() == Tree.Kind.RECORD
                && method.getReturnType() == null
                && method.getParameters().size() == components(type);
    }

    /** What a type above it declares counts there. */
    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    }

    /** The compiler keeps a record's components as its fields that are not static. */
    private static long components(ClassTree type) {
        return type.getMembers().stream()
                .filter(m -> m instanceof VariableTree field
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
    }
}
