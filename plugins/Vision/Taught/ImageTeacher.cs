using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.Plugins.Vision.Taught.Heads;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Teaches classifiers pictures, and judges by them. Thread-safe.</summary>
internal sealed class ImageTeacher(TaughtClassifiers classifiers, StandardEmbedder embedder, PictureVariations variations)
{
    private const int LongestLabel = 64;

    // Vectors of one picture agree to more places than those of any two pictures.
    private const float SamePicture = 0.9999f;

    /// <summary>Teaches a picture. It is known when this completes.</summary>
    /// <param name="app">Whose classifier it is.</param>
    /// <param name="name">The classifier.</param>
    /// <param name="label">What the picture shows.</param>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="models">Where the models come from.</param>
    /// <param name="cancellationToken">Stops; nothing is kept then.</param>
    /// <returns>The classifier, and the label that the same picture had before if it had another.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a name is wrong, or it is no picture; else as <see cref="StandardEmbedder.EmbedAsync"/> and <see cref="TaughtClassifiers.Change"/> say.</exception>
    public async ValueTask<(TaughtClassifier Classifier, string? Corrected)> TeachAsync(
        AppIdentity app, string name, string label, ReadOnlyMemory<byte> encoded, IModelProvider models, CancellationToken cancellationToken)
    {
        Check(name, label);
        var vector = await embedder.EmbedAsync(encoded, models, cancellationToken).ConfigureAwait(false);
        var views = new List<float[]> { vector.Values };
        foreach (var variation in await variations.MakeAsync(encoded, cancellationToken).ConfigureAwait(false))
        {
            views.Add((await embedder.EmbedAsync(variation, models, cancellationToken).ConfigureAwait(false)).Values);
        }

        string? corrected = null;
        var kept = classifiers.Change(app, name, before =>
        {
            if (before is not null && before.Encoder != vector.Model) throw Changed(name);
            before ??= new TaughtClassifier { Name = name, Number = 0, Encoder = vector.Model, Examples = [] };
            var examples = before.Examples.ToList();
            var same = examples.FindIndex(example => TensorPrimitives.CosineSimilarity<float>(example.Views[0], vector.Values) > SamePicture);
            if (same >= 0)
            {
                if (examples[same].Label == label) return null;
                corrected = examples[same].Label;
                examples.RemoveAt(same);
            }

            examples.Add(new TaughtExample(label, views));

            // A head that knows all classes serves on until the next one is trained, unless it learnt what was wrong.
            var isStale = corrected is not null || before.Head?.Labels.Contains(label) != true;
            return before with { Examples = examples, Head = isStale ? null : before.Head, Accuracy = isStale ? null : before.Accuracy };
        });
        return (kept ?? throw Changed(name), corrected);
    }

    /// <summary>Trains a classifier's head, if there is enough to train with. It serves if it is no worse than the nearest mean, and if nothing was taught or forgotten meanwhile.</summary>
    /// <returns>The classifier as it is then.</returns>
    /// <exception cref="EdgeHostException">As <see cref="ITrainer.TrainAsync"/> says.</exception>
    public async ValueTask<TaughtClassifier> TrainAsync(AppIdentity app, TaughtClassifier classifier, ITrainer trainer, CancellationToken cancellationToken)
    {
        if (!HeadTrainer.IsReady(classifier)) return classifier;
        var (head, accuracy) = await HeadTrainer.TrainAsync(classifier, trainer, cancellationToken).ConfigureAwait(false);
        return classifiers.Change(app, classifier.Name, now => now?.Number == classifier.Number ? now with { Head = head, Accuracy = accuracy } : null) ?? classifier;
    }

    /// <summary>Judges a picture by a classifier.</summary>
    /// <returns>All classes and <c>unknown</c>, the surest first, and the models that judged.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has taught none of that name; else as <see cref="StandardEmbedder.EmbedAsync"/> says.</exception>
    public async ValueTask<SceneJudgement> ClassifyAsync(AppIdentity app, string name, ReadOnlyMemory<byte> encoded, IModelProvider models, CancellationToken cancellationToken)
    {
        var classifier = classifiers.Find(app, name)
            ?? throw new EdgeHostException(ErrorCode.NotFound, "This app has taught no classifier of that name; teach it a picture with vision.teach, or leave 'classifier' out for the classes of a model.");
        var vector = await embedder.EmbedAsync(encoded, models, cancellationToken).ConfigureAwait(false);
        if (vector.Model != classifier.Encoder) throw Changed(name);
        return new SceneJudgement(new TaughtJudge(classifier).Judge(vector.Values), [.. vector.Model.Split(StandardEmbedder.Separator), $"{name}@{classifier.Version}"]);
    }

    private static void Check(string name, string label)
    {
        if (!AppFiles.IsName(name)) throw Wrong("'classifier' must have 1 to 64 characters of a-z 0-9 _ -.");
        if (string.IsNullOrWhiteSpace(label) || label.Length > LongestLabel) throw Wrong($"'label' must have 1 to {LongestLabel} characters.");
        if (label == SceneHead.Unknown) throw Wrong($"'{SceneHead.Unknown}' is what pictures of no class are called; choose another label.");
    }

    private static EdgeHostException Changed(string name)
        => new(ErrorCode.FailedPrecondition, $"The classifier '{name}' was taught with another version of the model that compares pictures; forget it with vision.forget and teach it again.");

    private static EdgeHostException Wrong(string message) => new(ErrorCode.InvalidArgument, message);
}
