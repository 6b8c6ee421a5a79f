using System.Text.Json;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.ModelTools;
using EdgeHost.Optimisation.Examples;

namespace EdgeHost.Host.Training;

/// <summary>An app's own examples as what goes into a model that learned from their dataset, and what should come out.</summary>
internal sealed class DatasetExamples(ExampleStore store, IPictureDecoder decoder, IFeaturiser featuriser)
{
    private const int Page = 100;

    /// <summary>Reads examples.</summary>
    /// <param name="model">The model, whose card names dataset, preprocessing and labels.</param>
    /// <param name="split">Those for one use; a model is measured on what it did not learn from.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model has no dataset, or takes something else than one vector; as <see cref="Preprocessor.ApplyAsync"/>; or as <see cref="ExampleStore.ReadAsync"/> says.</exception>
    public async Task<IReadOnlyList<ModelExample>> ReadAsync(TrainedModelFiles model, ExampleSplit split, int most, CancellationToken cancellationToken)
    {
        var card = model.Card;
        if (card.Dataset is not { } dataset || card.Inputs is not [{ Type: "float32" } input])
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"'{model.Name}' did not learn vectors of a dataset; give examples as a folder with --evaluation.");
        }

        var kind = Enum.TryParse<ExampleKind>(card.Kind ?? nameof(ExampleKind.Features), ignoreCase: true, out var known) ? known : ExampleKind.Features;
        var spec = card.Preprocessing is JsonElement json ? PreprocessingSpec.FromJson(json.GetRawText()) : new PreprocessingSpec { Steps = [] };
        var preprocessor = new Preprocessor(spec, kind, decoder, featuriser);
        var read = new List<ModelExample>();
        var after = 0L;
        while (read.Count < most && await store.ReadAsync(model.Owner, dataset, split, after, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            foreach (var example in page.Take(most - read.Count))
            {
                var vector = await preprocessor.ApplyAsync(example.Content, cancellationToken).ConfigureAwait(false);
                read.Add(new ModelExample
                {
                    Name = $"example {example.Id}",
                    Inputs = new Dictionary<string, TensorProto> { [input.Name] = TensorProto.Of<float>(input.Name, new TensorShape([1, .. input.Shape]), vector) },
                    Label = LabelOf(card, example.Label),
                });
            }
        }

        return read;
    }

    // With a single output the larger of two scores is not in the model's answer.
    private static int? LabelOf(TrainedModelCard card, string? label)
    {
        if (label is null || card.Output.Shape is not [.., var width] || width != card.Labels.Count) return null;
        for (var i = 0; i < card.Labels.Count; i++) if (card.Labels[i] == label) return i;
        return null;
    }
}
