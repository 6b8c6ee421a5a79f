using System.Text;
using EdgeHost.Capabilities.Training;
using EdgeHost.Host.Training.Features;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginSdk;
using StoreKind = EdgeHost.Learning.Examples.ExampleKind;

namespace EdgeHost.Host.Training;

/// <summary>Runs an app's trained models: preprocessing, a lease and a step like any, and what it says of the outputs. Thread-safe.</summary>
internal sealed class TrainedModelPredictor(ITrainedModels models, IPictureDecoder decoder, FeatureAccess access)
{
    private const int MostInAStep = 64;

    public async ValueTask<PredictResponse> PredictAsync(PredictRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Inputs.Count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "'inputs' is empty; give at least one.");
        var owner = ExampleOwner.Of(context.App);
        if (await models.FindAsync(owner, request.Model, request.Version, cancellationToken).ConfigureAwait(false) is null) throw NoModel(request);
        var id = DeployedModels.IdOf(owner.App, request.Model);

        // Which version this call gets is decided here: the one that serves, or one that is tried. What it takes and gives is in its own card.
        using var lease = await context.Models.LeaseAsync(request.Version is { } wanted ? $"{id}@{wanted}" : id, cancellationToken).ConfigureAwait(false);
        var model = await models.FindAsync(owner, request.Model, lease.Model.Version, cancellationToken).ConfigureAwait(false) ?? throw NoModel(request);
        var predictions = new List<Prediction>(request.Inputs.Count);
        if (model.Card.Inputs is not [{ Type: "float32" }] || request.Inputs.Any(static input => input.Values is not null))
        {
            NamedInputs.Check(model.Card, request.Inputs);
            foreach (var page in request.Inputs.Chunk(MostInAStep)) predictions.AddRange(await RunAsync(model.Card, lease, page, cancellationToken).ConfigureAwait(false));
            return new PredictResponse { Model = $"{id}@{model.Version}", Predictions = predictions };
        }

        var contents = request.Inputs.Select((input, index) => ContentOf(model.Card, input, index)).ToList();
        var vectors = await PrepareAsync(model.Card, contents, context, cancellationToken).ConfigureAwait(false);
        foreach (var page in vectors.Chunk(MostInAStep)) predictions.AddRange(await RunAsync(model.Card, lease, page, cancellationToken).ConfigureAwait(false));
        if (predictions is [{ Label: { } label } only])
        {
            context.ReportAnswer(new AnswerReport { Label = label, Confidence = only.Confidence, Kind = AnswerKindOf(model.Card), Input = contents[0], Dataset = model.Card.Dataset });
        }

        return new PredictResponse { Model = $"{id}@{model.Version}", Predictions = predictions };
    }

    private static EdgeHostException NoModel(PredictRequest request) => new(
        ErrorCode.NotFound, $"The app has no trained model '{request.Model}'{(request.Version is { } version ? $" of version {version}" : " that serves")}; training.start trains one, training.list shows how far it is.");

    private static ReadOnlyMemory<byte> ContentOf(TrainedModelCard card, PredictInput input, int index)
    {
        ReadOnlyMemory<byte>? content = (card.Kind ?? "features", input) switch
        {
            ("text", { Text: { } text, Features: null, Data: null }) => Encoding.UTF8.GetBytes(text),
            ("features", { Features: { } values, Text: null, Data: null }) => Bytes(values),
            ("features" or "image" or "audio", { Data: { } data, Text: null, Features: null }) => data,

            // Typed, since a bare null would become an array, and that no bytes.
            _ => (ReadOnlyMemory<byte>?)null,
        };
        return content ?? throw new EdgeHostException(
            ErrorCode.InvalidArgument, $"Input {index} must have {(card.Kind is "text" ? "'text'" : card.Kind is "image" or "audio" ? "'data'" : "'features'")} and nothing else: that is what '{card.Model}' was trained on.");
    }

    private async ValueTask<IReadOnlyList<float[]>> PrepareAsync(TrainedModelCard card, List<ReadOnlyMemory<byte>> contents, CapabilityContext context, CancellationToken cancellationToken)
    {
        var kind = Enum.TryParse<StoreKind>(card.Kind ?? "features", ignoreCase: true, out var known) ? known : StoreKind.Features;
        var spec = card.Preprocessing is { } json ? PreprocessingSpec.FromJson(json.GetRawText()) : new PreprocessingSpec { Steps = [] };
        var preprocessor = new Preprocessor(spec, kind, decoder, new ModelFeaturiser(context.Models) { Check = (id, cancel) => access.CheckAsync(context.App, id, cancel), MayRunOnCallingThread = true });
        var length = card.Inputs[0].Shape.Aggregate(1L, static (product, dimension) => product * dimension);
        var vectors = new List<float[]>(contents.Count);
        foreach (var content in contents)
        {
            var vector = await PrepareAsync(preprocessor, content, vectors.Count, cancellationToken).ConfigureAwait(false);
            if (vector.Length != length) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Input {vectors.Count} becomes {vector.Length} values, and '{card.Model}' takes {length}.");
            if (!Array.TrueForAll(vector, float.IsFinite)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Input {vectors.Count} has values that are no finite numbers.");
            vectors.Add(vector);
        }

        return vectors;
    }

    private static async ValueTask<float[]> PrepareAsync(Preprocessor preprocessor, ReadOnlyMemory<byte> content, int index, CancellationToken cancellationToken)
    {
        try
        {
            return await preprocessor.ApplyAsync(content, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            throw new EdgeHostException(e.Code, $"Input {index}: {e.Message}", e);
        }
    }

    private static async ValueTask<IReadOnlyList<Prediction>> RunAsync(TrainedModelCard card, IModelLease lease, float[][] vectors, CancellationToken cancellationToken)
    {
        using var input = lease.CreateValue(ElementType.Float32, new TensorShape([vectors.Length, .. card.Inputs[0].Shape]));
        Fill(input.AsSpan<float>(), vectors);
        return await RunAsync(card, lease, [new NamedValue(card.Inputs[0].Name, input)], vectors.Length, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<IReadOnlyList<Prediction>> RunAsync(TrainedModelCard card, IModelLease lease, PredictInput[] inputs, CancellationToken cancellationToken)
    {
        var values = NamedInputs.Create(card, lease, inputs);
        try
        {
            return await RunAsync(card, lease, values, inputs.Length, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var value in values) value.Value.Dispose();
        }
    }

    private static async ValueTask<IReadOnlyList<Prediction>> RunAsync(
        TrainedModelCard card, IModelLease lease, IReadOnlyList<NamedValue> inputs, int count, CancellationToken cancellationToken)
    {
        using var result = await lease.RunAsync(new ModelStep { Inputs = inputs, Outputs = [card.Output.Name], MayRunOnCallingThread = true }, cancellationToken).ConfigureAwait(false);
        return Read(card, result[0].AsSpan<float>(), count);
    }

    private static void Fill(Span<float> target, float[][] vectors)
    {
        for (var i = 0; i < vectors.Length; i++) vectors[i].CopyTo(target[(i * vectors[i].Length)..]);
    }

    private static List<Prediction> Read(TrainedModelCard card, ReadOnlySpan<float> outputs, int count)
    {
        var predictions = new List<Prediction>(count);
        var width = outputs.Length / count;
        for (var i = 0; i < count; i++)
        {
            var own = outputs.Slice(i * width, width);
            if (card.Labels.Count == 0)
            {
                predictions.Add(new Prediction { Values = own.ToArray() });
                continue;
            }

            var scores = card.ScoresOf(own);
            List<LabelScore> ordered = [.. scores.Select((score, place) => new LabelScore(card.Labels[place], score)).OrderByDescending(static entry => entry.Score)];
            predictions.Add(new Prediction { Label = ordered[0].Label, Confidence = ordered[0].Score, Scores = ordered });
        }

        return predictions;
    }

    private static AnswerInputKind AnswerKindOf(TrainedModelCard card) => card.Kind switch
    {
        "text" => AnswerInputKind.Text,
        "image" => AnswerInputKind.Image,
        "audio" => AnswerInputKind.Audio,
        _ => AnswerInputKind.Features,
    };

    private static byte[] Bytes(IReadOnlyList<float> values)
    {
        var content = new byte[values.Count * sizeof(float)];
        for (var i = 0; i < values.Count; i++) System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(i * sizeof(float)), values[i]);
        return content;
    }
}
