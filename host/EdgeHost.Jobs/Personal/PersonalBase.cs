using System.Text.Json;
using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Personal;

/// <summary>What a personal version takes from the shipped one: labels in their order, names of inputs and outputs, what is learned again. Immutable.</summary>
internal sealed class PersonalBase
{
    private const string CardFile = "model.json";
    private const int MostLabels = 256;

    private PersonalBase(ShippedModel model, IReadOnlyList<string> labels, IReadOnlyList<ReplayRow> replay) => (Model, Labels, Replay) = (model, labels, replay);

    public ShippedModel Model { get; }

    /// <summary>The labels in the order of the outputs; a personal version has the same.</summary>
    public IReadOnlyList<string> Labels { get; }

    public IReadOnlyList<ReplayRow> Replay { get; }

    /// <summary>Reads it, and checks that the job's network can stand in for the shipped one.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the network is another one; <see cref="ErrorCode.FailedPrecondition"/>: the model cannot be made personal, or its
    /// files are no good.</exception>
    public static PersonalBase Read(JobSpec spec, ShippedModel model, long maxBytes)
    {
        PersonalGraph.Check(spec, model);
        var labels = ReadLabels(model);
        if (NetworkRules.ClassesOf(spec) != labels.Count)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument, $"The network tells {NetworkRules.ClassesOf(spec)} labels apart, and '{model.Id}' has {labels.Count} ({string.Join(", ", labels.Take(8))}); make the last layer as wide.");
        }

        if (spec.Replay is not { } replay) return new PersonalBase(model, labels, []);
        if (!model.BaseFiles.TryGetValue(replay.File, out var path))
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"'{model.Id}@{model.Base}' has no file '{replay.File}' ('data.replay'); it has {string.Join(", ", model.BaseFiles.Keys.Order(StringComparer.Ordinal))}.");
        }

        return new PersonalBase(model, labels, ReplayReader.ReadFile(path, spec.Shape.Inputs[0].Shape.ElementCount, labels.Count, maxBytes));
    }

    private static List<string> ReadLabels(ShippedModel model)
    {
        if (!model.BaseFiles.TryGetValue(CardFile, out var path)) throw NoLabels(model);
        try
        {
            using var card = JsonDocument.Parse(File.ReadAllBytes(path));
            if (card.RootElement.ValueKind != JsonValueKind.Object || !card.RootElement.TryGetProperty("labels", out var list) || list.ValueKind != JsonValueKind.Array) throw NoLabels(model);
            List<string> labels = [.. list.EnumerateArray().Select(label => label.ValueKind == JsonValueKind.String ? label.GetString()! : throw NoLabels(model))];
            return labels.Count is >= 2 and <= MostLabels && labels.Distinct(StringComparer.Ordinal).Count() == labels.Count ? labels : throw NoLabels(model);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The {CardFile} of '{model.Id}@{model.Base}' cannot be read: {e.Message}", e);
        }
    }

    private static EdgeHostException NoLabels(ShippedModel model) => new(
        ErrorCode.FailedPrecondition, $"'{model.Id}@{model.Base}' cannot be made personal: it has no {CardFile} with its labels in order ('labels', 2 to {MostLabels} different texts).");
}
