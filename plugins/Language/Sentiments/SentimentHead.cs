using System.Numerics.Tensors;
using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>
/// Runs the head: float32 features [texts, width] in, a number for each label out. Whatever its input and output are called, they are its only
/// ones, so that a head trained on the device serves as the shipped one does. Numbers that are no shares of 1 are taken for logits. The file
/// <c>model.json</c> says which label stands where (<c>labels</c>); without it they stand in the order of <see cref="Sentiment"/>. Thread-safe.
/// </summary>
internal static class SentimentHead
{
    /// <summary>The head's id.</summary>
    public const string ModelId = "language-sentiment";

    private const string DescriptionFile = "model.json";
    private const double Tolerance = 1e-3;

    /// <summary>Judges features.</summary>
    /// <param name="features">What an encoder made.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of the run.</param>
    /// <returns>How likely each tone is, in the order of <see cref="Sentiment"/>, and the model as id@version.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> and <see cref="IModelLease.RunAsync"/> say; <see cref="ErrorCode.FailedPrecondition"/>: the model is no such head.</exception>
    public static async ValueTask<(double[] Shares, string Model)> JudgeAsync(float[] features, IModelProvider models, CancellationToken cancellationToken)
    {
        using var lease = await models.LeaseAsync(ModelId, cancellationToken).ConfigureAwait(false);
        var model = lease.Model;
        if (model.Inputs.Count != 1) throw NoHead(model, $"{model.Inputs.Count} inputs");
        using var input = lease.CreateValue(ElementType.Float32, new TensorShape(1, features.Length));
        features.CopyTo(input.AsSpan<float>());
        var step = new ModelStep { Inputs = [new NamedValue(model.Inputs[0].Name, input)], Outputs = [model.Outputs[0].Name], MayRunOnCallingThread = true };
        using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        var order = await ReadLabelsAsync(lease, cancellationToken).ConfigureAwait(false);
        return (SharesOf(result[0].AsSpan<float>(), order, model), $"{model.Id}@{model.Version}");
    }

    private static double[] SharesOf(ReadOnlySpan<float> numbers, Sentiment[] order, ModelDescription model)
    {
        if (numbers.Length != order.Length) throw NoHead(model, $"{numbers.Length} outputs for {order.Length} labels");
        Span<float> shares = stackalloc float[numbers.Length];
        if (TensorPrimitives.Min(numbers) >= 0 && Math.Abs(TensorPrimitives.Sum(numbers) - 1) < Tolerance) numbers.CopyTo(shares);
        else TensorPrimitives.SoftMax(numbers, shares);
        var byTone = new double[SentimentLabels.Count];
        for (var i = 0; i < order.Length; i++) byTone[(int)order[i]] = shares[i];
        return byTone;
    }

    private static async ValueTask<Sentiment[]> ReadLabelsAsync(IModelLease lease, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> file;
        try
        {
            file = await lease.ReadFileAsync(DescriptionFile, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            return SentimentLabels.All;
        }

        return ParseLabels(file.Span) ?? throw NoHead(lease.Model, $"a {DescriptionFile} without 'labels' that are tones, each once");
    }

    // Only the labels are read: the rest of the description is for those who trained the head.
    internal static Sentiment[]? ParseLabels(ReadOnlySpan<byte> json)
    {
        var labels = new List<Sentiment>(SentimentLabels.Count);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("labels"u8)) continue;
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    if (SentimentLabels.Parse(reader.GetString()!) is not { } label || labels.Contains(label)) return null;
                    labels.Add(label);
                }

                return labels.Count > 0 ? [.. labels] : null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }

    private static EdgeHostException NoHead(ModelDescription model, string what)
        => new(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} cannot judge tones: it has {what}. 'edgehost models list' shows its versions.");
}
