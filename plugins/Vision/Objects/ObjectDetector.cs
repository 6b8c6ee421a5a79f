using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>Finds objects in pictures. Thread-safe.</summary>
internal sealed class ObjectDetector(PictureModels pictures, LabelFile labelFiles)
{
    /// <summary>Finds them.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="wish">What the call wants.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run of the model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureModels.ShowAsync"/> says; <see cref="ErrorCode.InvalidArgument"/>: the model has no such label.</exception>
    public async ValueTask<ObjectDetection> DetectAsync(ReadOnlyMemory<byte> encoded, ObjectWish wish, IModelProvider models, CancellationToken cancellationToken)
    {
        var (answer, family) = await pictures.ShowAsync(encoded, ObjectFamily.Task, wish.Model, models, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            var labels = await labelFiles.OfAsync(answer.Lease, family.Decoder.CountClasses(answer), family.Labels, cancellationToken).ConfigureAwait(false);
            return new ObjectDetection(Find(answer, family, labels, wish), answer.Size, answer.ModelName);
        }
    }

    private static List<FoundObject> Find(PictureAnswer answer, ObjectFamily family, IReadOnlyList<string> labels, ObjectWish wish)
    {
        var wanted = ClassesOf(wish.Labels, labels, answer.Model.Id);
        var properties = new ModelProperties(answer.Model);
        var candidates = new List<ObjectCandidate>();
        family.Decoder.Decode(answer, wish.MinConfidence ?? properties.Number("threshold", 0.01f, 1) ?? family.Threshold, candidates);
        if (wanted is not null) candidates.RemoveAll(candidate => !wanted.Contains(candidate.Class));
        return OverlapSuppression.Keep(candidates, properties.Number("overlap", 0, 1) ?? family.MaxOverlap, wish.MaxResults)
            .ConvertAll(candidate => new FoundObject(labels[candidate.Class], candidate.Score, Place(candidate.Box, answer)))
            .FindAll(static found => found.Box.HasArea);
    }

    private static Bounds Place(Bounds box, PictureAnswer answer) => new Bounds(answer.ToFull(box.TopLeft), answer.ToFull(box.BottomRight)).ClampedTo(answer.Size);

    private static HashSet<int>? ClassesOf(IReadOnlyList<string> wanted, IReadOnlyList<string> labels, string model)
    {
        if (wanted.Count == 0) return null;
        var classes = new HashSet<int>();
        foreach (var label in wanted)
        {
            var before = classes.Count;
            for (var i = 0; i < labels.Count; i++)
            {
                if (string.Equals(labels[i], label, StringComparison.OrdinalIgnoreCase)) classes.Add(i);
            }

            if (classes.Count == before && !wanted.TakeWhile(other => !ReferenceEquals(other, label)).Contains(label, StringComparer.OrdinalIgnoreCase))
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"'labels' has '{label}', which the model '{model}' does not know; it knows {string.Join(", ", labels.Take(100))}.")
                {
                    Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["field"] = "labels" },
                };
            }
        }

        return classes;
    }
}
