using System.Globalization;

namespace TeachMyDevice;

/// <summary>The lesson with a person: a line is a command.</summary>
internal static class Lesson
{
    private const string Help = """
          teach KIND SENTENCE   a sentence and what it is about: light, music, weather or alarm
          SENTENCE?             ask
          wrong KIND            the last answer should have been this
          train                 train now
          test                  how often what is taken for what, on sentences it has never seen
          versions              the versions of the model and what became of them
          quit
        """;

    public static async Task RunAsync(Teacher teacher)
    {
        Console.WriteLine(Help);
        while (Prompt() is { } line && line != "quit")
        {
            try
            {
                await ObeyAsync(teacher, line);
            }
            catch (EdgeHost.EdgeHostException e) when (e.Code != EdgeHost.ErrorCode.Unavailable)
            {
                Console.WriteLine($"  {e.Message}");
            }
        }
    }

    private static string? Prompt()
    {
        Console.Write("> ");
        return Console.ReadLine()?.Trim();
    }

    private static async Task ObeyAsync(Teacher teacher, string line)
    {
        var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["teach", var kind, var sentence] when Sentences.Labels.Contains(kind):
                await teacher.TeachAsync([(sentence, kind)]);
                break;
            case ["wrong", var kind] when Sentences.Labels.Contains(kind):
                if (await teacher.CorrectAsync(kind) is { } reason) Console.WriteLine($"  not kept: {reason}");
                break;
            case ["train"]:
                var job = await teacher.TrainAsync();
                Console.WriteLine($"  version {job.Version}; on held out sentences {job.Metrics!.Accuracy:P0}");
                break;
            case ["test"]:
                await Tour.ExamineAsync(teacher);
                break;
            case ["versions"]:
                foreach (var version in await teacher.VersionsAsync()) Console.WriteLine($"  {version.Version}  {version.Stage}  {version.Reason}");
                break;
            case [_, ..] when line.EndsWith('?'):
                var (label, confidence, used) = await teacher.AskAsync(line[..^1]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {label} ({confidence:P0} sure, version {used})"));
                break;
            default:
                Console.WriteLine(Help);
                break;
        }
    }
}
