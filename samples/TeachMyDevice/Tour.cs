using System.Diagnostics;
using System.Globalization;
using EdgeHost.Capabilities.Models;

namespace TeachMyDevice;

/// <summary>The whole way by itself: teach, test, correct, watch the device learn in the background while another app stays fast, test again.</summary>
internal static class Tour
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(Teacher teacher)
    {
        await using var neighbour = await Neighbour.StartAsync();
        Say("Teaching: 6 sentences of each kind, of patterns that cover half of what people say");
        await teacher.TeachAsync(Sentences.Lessons);
        Say("Training");
        var job = await teacher.TrainAsync();
        Console.WriteLine($"  version {job.Version} after {Text(job.Seconds)} s of processor time");
        var first = await ExamineAsync(teacher);
        neighbour.Take();
        await Task.Delay(TimeSpan.FromSeconds(3));
        var before = neighbour.Take();

        Say("A day at home: every misunderstood sentence is corrected");
        var corrected = 0;
        foreach (var (text, label) in Sentences.Day)
        {
            var answer = await teacher.AskAsync(text);
            if (answer.Label == label) continue;
            if (corrected < 5) Console.WriteLine($"  '{text}' was taken for {answer.Label}; it is {label}");
            if (await teacher.CorrectAsync(label) is { } reason) throw new EdgeHost.EdgeHostException(EdgeHost.ErrorCode.FailedPrecondition, $"The correction became no example: {reason}");
            corrected++;
        }

        Console.WriteLine($"  {corrected} corrections");
        var since = Stopwatch.GetTimestamp();
        Say("Waiting for the device to train again by its rule, in the background");
        neighbour.Take();
        var next = await NextJobAsync(teacher, job.Id);
        next = await teacher.FollowAsync(next.Id);
        var during = neighbour.Take();
        Console.WriteLine($"  version {next.Version}, trained on from {next.Parent}; on held out sentences {next.Metrics!.Accuracy:P0}");
        Say("Using it on: the new version gets a tenth of the calls until it has shown what it can");
        await PromotedAsync(teacher, next.Version!);
        Console.WriteLine($"  {next.Version} serves {Text(Stopwatch.GetElapsedTime(since).TotalSeconds)} s after the last correction");
        var second = await ExamineAsync(teacher);
        Console.WriteLine($"From {first:P0} to {second:P0} by {corrected} corrections.");
        Console.WriteLine($"The other app waited {Text(before.Median)} ms ({Text(before.Late)} ms p99) before, {Text(during.Median)} ms ({Text(during.Late)} ms p99) while the device trained.");
    }

    /// <summary>Asks all and prints how often what was taken for what.</summary>
    public static async Task<double> ExamineAsync(Teacher teacher)
    {
        var matrix = new ConfusionMatrix(Sentences.Labels);
        foreach (var (text, label) in Sentences.Exam) matrix.Add(label, (await teacher.AskAsync(text)).Label);
        Console.WriteLine(matrix);
        return matrix.Accuracy;
    }

    private static async Task<EdgeHost.Capabilities.Training.TrainingJob> NextJobAsync(Teacher teacher, string last)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await teacher.NewestJobAsync() is { } job && job.Id != last) return job;
            await Task.Delay(200, patience.Token);
        }
    }

    private static async Task PromotedAsync(Teacher teacher, string version)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(start) < Patience; i++)
        {
            await teacher.AskAsync(Sentences.Exam[i % Sentences.Exam.Count].Text);
            if (i % 20 != 0) continue;
            var entry = (await teacher.VersionsAsync()).First(known => known.Version == version);
            if (entry.Stage == VersionStage.Current) return;
            if (entry.Stage == VersionStage.Retired) throw new EdgeHost.EdgeHostException(EdgeHost.ErrorCode.FailedPrecondition, $"The new version was taken back: {entry.Reason}");
            await Task.Delay(50);
        }

        throw new EdgeHost.EdgeHostException(EdgeHost.ErrorCode.DeadlineExceeded, $"Version {version} was not promoted in {Patience}.");
    }

    private static void Say(string text) => Console.WriteLine($"{Environment.NewLine}{text}");

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
