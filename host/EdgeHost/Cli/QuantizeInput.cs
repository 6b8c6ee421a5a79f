using EdgeHost.Host.Hosting;
using EdgeHost.Host.Training;
using EdgeHost.Learning.Examples;
using EdgeHost.ModelStore;
using EdgeHost.ModelTools;
using EdgeHost.Optimisation.Examples;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Cli;

/// <summary>A model's file, and the examples that ranges are measured on and that decide. Immutable.</summary>
internal sealed record QuantizeInput(ReadOnlyMemory<byte> File, IReadOnlyList<ModelExample> Calibration, IReadOnlyList<ModelExample> Evaluation)
{
    /// <summary>Reads them.</summary>
    /// <param name="model">A file, a model on this device, or <c>app/name</c> for one that an app has trained.</param>
    /// <param name="evaluation">The folder of examples that decide; null for the dataset that the model learned from.</param>
    /// <param name="calibration">The folder of examples that ranges are measured on; null for others of the same.</param>
    /// <param name="user">The app's user; null for this one.</param>
    /// <param name="settings">Where the store and the models are.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<QuantizeInput> ReadAsync(
        string model, string? evaluation, string? calibration, long? user, HostSettings settings, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(model) && model.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
        {
            return await ReadTrainedAsync(model[..slash], model[(slash + 1)..], evaluation, calibration, user, settings, cancellationToken).ConfigureAwait(false);
        }

        if (evaluation is null) throw new UsageException("Name a folder of examples with --evaluation; only models that apps have trained bring their own.");
        var file = await FileOfAsync(model, settings, cancellationToken).ConfigureAwait(false);
        return OfFolders(file, evaluation, calibration);
    }

    private static async Task<QuantizeInput> ReadTrainedAsync(
        string app, string name, string? evaluation, string? calibration, long? user, HostSettings settings, CancellationToken cancellationToken)
    {
        await using var local = LocalLearning.Open(settings);
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var owner = TrainingCommand.OwnerOf(app, user);
        var found = await local.Models.FindAsync(owner, at < 0 ? name : name[..at], at < 0 ? null : name[(at + 1)..], cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.NotFound, $"'{app}' has no trained model '{name}' that serves; 'edgehost models versions {app}/{name}' lists its versions.");
        var file = await System.IO.File.ReadAllBytesAsync(found.GraphPath, cancellationToken).ConfigureAwait(false);
        if (evaluation is not null) return OfFolders(file, evaluation, calibration);
        var examples = new DatasetExamples(local.Examples, local.Decoder, local.FeaturiserOf(owner));
        var most = new ExampleLimits().MaxExamples;
        var test = await examples.ReadAsync(found, ExampleSplit.Test, most, cancellationToken).ConfigureAwait(false);
        if (test.Count == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The dataset of '{name}' has no examples for tests, which alone can decide; record more, or give a folder with --evaluation.");
        var train = await examples.ReadAsync(found, ExampleSplit.Train, most, cancellationToken).ConfigureAwait(false);
        return new QuantizeInput(file, train, test);
    }

    private static QuantizeInput OfFolders(ReadOnlyMemory<byte> file, string evaluation, string? calibration)
    {
        var graph = ModelProto.Parse(file).Graph!;
        var examples = TestDataFolder.Read(evaluation, graph);
        if (calibration is not null) return new QuantizeInput(file, TestDataFolder.Read(calibration, graph), examples);

        // One example for both is better than none for either.
        return examples.Count < 2
            ? new QuantizeInput(file, examples, examples)
            : new QuantizeInput(file, [.. examples.Where((_, i) => i % 2 == 1)], [.. examples.Where((_, i) => i % 2 == 0)]);
    }

    private static async Task<ReadOnlyMemory<byte>> FileOfAsync(string model, HostSettings settings, CancellationToken cancellationToken)
    {
        if (System.IO.File.Exists(model)) return await System.IO.File.ReadAllBytesAsync(model, cancellationToken).ConfigureAwait(false);
        await using var services = LocalServices.Create(settings);
        var resolved = await services.GetRequiredService<LocalModelStore>().ResolveAsync(model, cancellationToken).ConfigureAwait(false);
        return await System.IO.File.ReadAllBytesAsync(resolved.GraphPath, cancellationToken).ConfigureAwait(false);
    }
}
