using EdgeHost.Plugins.Vision.Training.Vectors;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>Trains the head of scenes, measures it and writes it.</summary>
internal static class SceneCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="vectors">The file of vectors.</param>
    /// <param name="models">The folder of the plugin's manifests.</param>
    /// <param name="version">The model's version.</param>
    /// <param name="goesOn">Whether the head that is there learns on; otherwise one begins from nothing.</param>
    /// <param name="others">Files of vectors of other pictures to measure with.</param>
    public static async Task RunAsync(string vectors, string models, string version, bool goesOn, IReadOnlyList<string> others)
    {
        var all = VectorFile.Read(vectors);
        var split = SceneSplit.Of(all);
        var begin = goesOn ? SceneImport.Read(models) : null;
        var labels = begin?.Labels ?? [.. all.Select(static vector => vector.Label).Distinct().Order(StringComparer.Ordinal)];
        if (all.Find(vector => !labels.Contains(vector.Label)) is { } strange)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The head has no class '{strange.Label}', which '{strange.Picture}' is of; train one from nothing with 'scenes'.");
        }

        Console.WriteLine($"{labels.Count} classes; {split.Training.Count} vectors to learn from, {split.Validation.Count} to stop by, {split.Test.Count} to measure with");
        var head = await SceneTrainer.TrainAsync(split, labels, begin).ConfigureAwait(false);
        var threshold = SceneScore.Threshold(head, split.Validation);
        Console.WriteLine($"threshold {threshold:F2}\n{SceneScore.Report(head, threshold, split.Test)}");
        foreach (var other in others) Console.WriteLine($"{other}\n{SceneScore.Report(head, threshold, VectorFile.Read(other))}");
        SceneExport.Write(head, threshold, all[0].Values.Length, models, version, goesOn ? SceneImport.VectorsOf(models) : version);
    }
}
