using System.Text.RegularExpressions;
using EdgeHost.TestKit;

namespace EdgeHost.Architecture.Tests;

/// <summary>Rules about source text that no analyzer checks.</summary>
public partial class SourceTests
{
    private static readonly string[] Folders = ["sdk", "host", "plugins", "samples", "tests"];

    [Fact]
    public void SourceFiles_StayReadable()
    {
        const int MostLines = 400;

        Assert.Empty(SourceFiles()
            .Select(path => (path, lines: File.ReadLines(path).Count()))
            .Where(x => x.lines > MostLines)
            .Select(x => $"{Path.GetRelativePath(Repository.Root, x.path)}: {x.lines} lines"));
    }

    // Training and optimisation run graphs that they build themselves and throw away; no plugin ever sees them, so they are not models of the pool.
    [Fact]
    public void InferenceSessions_AreMadeByTheEnginesAlone()
        => Assert.Empty(SourceFiles()
            .Where(path => !path.Contains("EdgeHost.Runtime.Onnx", StringComparison.Ordinal) && !path.EndsWith("EdgeHost.Training/Steps/SessionFactory.cs", StringComparison.Ordinal)
                && !path.EndsWith("EdgeHost.Optimisation/Measuring/SessionRunner.cs", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => NewInferenceSession().IsMatch(File.ReadAllText(path))));

    [GeneratedRegex(@"new\s+InferenceSession\b", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NewInferenceSession();

    private static IEnumerable<string> SourceFiles()
        => Folders.Select(f => Path.Combine(Repository.Root, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
