using EdgeHost.Capabilities.Training;
using EdgeHost.Host.Curves;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary>Jobs for people: a line, a page, a learning curve.</summary>
internal static class JobOutput
{
    private const int ChartHeight = 12;
    private const int MostChartWidth = 100;

    /// <summary>One line of where a job is.</summary>
    public static string Line(TrainingJob job)
    {
        var trial = job.Trials > 1 ? $"run {job.Trial + 1} of {job.Trials}, " : string.Empty;
        var validation = job.ValidationLoss is { } loss ? $", validation {loss:G4}{(job.ValidationAccuracy is { } accuracy ? $" ({accuracy:P1} right)" : string.Empty)}" : string.Empty;
        var progress = job.Of > 0 ? $": {trial}step {job.Step} of {job.Of}{(job.Loss is { } own ? $", loss {own:G4}" : string.Empty)}{validation}, {job.Seconds:0.0} s" : string.Empty;
        return $"{State(job)}{progress}{(job.Reason is { } reason ? $" ({reason})" : string.Empty)}";
    }

    /// <summary>What came of a job.</summary>
    public static void WriteEnd(TrainingJob job)
    {
        Console.WriteLine(Line(job));
        foreach (var warning in job.Warnings) Console.WriteLine($"  note: {warning}");
        if (job.Metrics is not { } metrics) return;
        var accuracy = metrics.Accuracy is { } share ? $", {share:P1} right" : metrics.MeanAbsoluteError is { } error ? $", off by {error:G4} on average" : string.Empty;
        Console.WriteLine($"{job.Model}@{job.Version}: loss {metrics.Loss:G4}{accuracy} on {metrics.Examples} examples{(metrics.HeldOut ? " kept apart" : " that it learned from")}.");
        if (metrics.Confusion.Count > 0 && metrics.Labels.Count is > 1 and <= 12) WriteConfusion(metrics);
    }

    /// <summary>Draws a learning curve.</summary>
    public static void WriteCurve(IReadOnlyList<TrainingPoint> points)
    {
        if (points.Count < 2) return;
        var width = Math.Clamp(Console.IsOutputRedirected ? MostChartWidth : AnsiConsole.Profile.Width, 40, MostChartWidth);
        foreach (var row in BrailleChart.Draw(SeriesOf(points), width, ChartHeight)) Console.WriteLine(row);
    }

    /// <summary>Writes a learning curve to a picture.</summary>
    public static void SaveCurve(string path, IReadOnlyList<TrainingPoint> points)
    {
        using var file = File.Create(path);
        CurvePicture.Write(file, SeriesOf(points));
    }

    public static string State(TrainingJob job) => job.State.ToString().ToLowerInvariant();

    private static List<CurveSeries> SeriesOf(IReadOnlyList<TrainingPoint> points)
    {
        var validation = points.Where(static point => point.ValidationLoss is not null).Select(static point => ((double)point.Step, point.ValidationLoss!.Value)).ToList();
        var own = new CurveSeries("loss", [.. points.Select(static point => ((double)point.Step, point.Loss))]);
        return validation.Count == 0 ? [own] : [own, new CurveSeries("validation loss", validation)];
    }

    private static void WriteConfusion(TrainingMetrics metrics)
    {
        var count = metrics.Labels.Count;
        var table = Tables.Create(["is", .. metrics.Labels.Select(static label => $"said {Markup.Escape(label)}")]);
        for (var row = 0; row < count; row++)
        {
            table.AddRow([Markup.Escape(metrics.Labels[row]), .. metrics.Confusion.Skip(row * count).Take(count).Select(static number => $"{number}")]);
        }

        AnsiConsole.Write(table);
    }
}
