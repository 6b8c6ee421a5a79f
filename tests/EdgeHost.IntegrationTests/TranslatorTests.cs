using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The sample Translator as a program beside a running host.</summary>
public sealed class TranslatorTests(ServingHost host) : IClassFixture<ServingHost>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_ThroughAPipe_AreTranslatedOneByOne()
    {
        var (exitCode, output) = await Samples.RunWithInputAsync("Translator", host.Endpoint, "Please close the door.\n请关门。\n", "fr");

        Assert.True(exitCode == 0, output);
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, static line => Assert.Contains("porte", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Subtitles_KeepNumbersTimesAndLines()
    {
        const string Text = "1\n00:00:01,000 --> 00:00:03,500\nPlease close the door.\nThe weather is very good today.\n\n2\n00:00:04,000 --> 00:00:05,000\nShe has two brothers.\n";

        var lines = (await TranslateAsync("film.srt", Text)).Split('\n');

        var original = Text.Split('\n');
        Assert.Equal(original.Length, lines.Length);
        foreach (var kept in new[] { 0, 1, 4, 5, 6, 8 }) Assert.Equal(original[kept], lines[kept]);
        foreach (var changed in new[] { 2, 3, 7 })
        {
            Assert.NotEqual(original[changed], lines[changed]);
            Assert.NotEmpty(lines[changed]);
        }
    }

    [Fact]
    public async Task Markdown_KeepsItsMarksCodeAndLinks()
    {
        const string Text = """
            ---
            title: no text
            ---
            # The weather is good

            Please **close** the door, see [this book](https://x.org/a_b_c) and `git push`.

            - She has two brothers.
            - [x] I am a student.

            ```sh
            echo "Please close the door."
            ```

            | The door | The book |
            | --- | --- |
            | I am a student. | 42 |

            > He likes tea.
            """;

        var lines = (await TranslateAsync("notes.md", Text)).Split('\n');

        var original = Text.Split('\n');
        Assert.Equal(original.Length, lines.Length);
        foreach (var kept in new[] { 0, 1, 2, 4, 6, 9, 10, 11, 12, 13, 15, 17 }) Assert.Equal(original[kept], lines[kept]);
        Assert.StartsWith("# ", lines[3], StringComparison.Ordinal);
        foreach (var mark in new[] { "**", "](https://x.org/a_b_c)", "`git push`" }) Assert.Contains(mark, lines[5], StringComparison.Ordinal);
        Assert.StartsWith("- ", lines[7], StringComparison.Ordinal);
        Assert.Contains("frères", lines[7], StringComparison.Ordinal);
        Assert.StartsWith("- [x] ", lines[8], StringComparison.Ordinal);
        Assert.Matches(@"^\| .+ \| .+ \|$", lines[14]);
        Assert.Matches(@"^\| .+ \| 42 \|$", lines[16]);
        Assert.StartsWith("> ", lines[18], StringComparison.Ordinal);
        foreach (var changed in new[] { 3, 5, 7, 8, 14, 16, 18 }) Assert.NotEqual(original[changed], lines[changed]);
    }

    [Fact]
    public async Task PlainText_KeepsItsParagraphs()
    {
        var text = await TranslateAsync("letter.txt", "Please close the door.\n\n\n  She has two brothers.\n");

        Assert.Matches("^[^\n]+\n\n\n  [^\n]+\n$", text);
        Assert.Contains("frères", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LanguageWithoutModel_IsSaid()
    {
        var (exitCode, output) = await Samples.RunWithInputAsync("Translator", host.Endpoint, "Please close the door.\n", "tlh");

        Assert.Equal(1, exitCode);
        Assert.Contains("edgehost models import", output, StringComparison.Ordinal);
    }

    private async Task<string> TranslateAsync(string name, string text)
    {
        await File.WriteAllTextAsync(_folder.Combine(name), text.ReplaceLineEndings("\n"));
        var (exitCode, output) = await Samples.RunAsync("Translator", host.Endpoint, "fr", _folder.Combine(name), "--from", "en");
        Assert.True(exitCode == 0, output);
        return await File.ReadAllTextAsync(_folder.Combine(Path.GetFileNameWithoutExtension(name) + ".fr" + Path.GetExtension(name)));
    }
}
