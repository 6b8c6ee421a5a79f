using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.Plugins.Vision.Taught.Heads;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>Teaches classifiers pictures, and judges by them. Thread-safe.</summary>
internal sealed class ImageTeacher(TaughtClassifiers classifiers, StandardEmbedder embedder, PictureVariations variations, HeadTrainings trainings, RecentAnswers answers)
{
    private const int LongestLabel = 64;

    /// <summary>Teaches a picture. It is known when this completes; the classifier is trained afterwards.</summary>
    /// <param name="call">Whose classifier it is, and where models and training come from.</param>
    /// <param name="name">The classifier.</param>
    /// <param name="label">What the picture shows.</param>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="trains">Whether the classifier is to be trained on it.</param>
    /// <param name="cancellationToken">Stops; nothing is kept then.</param>
    /// <returns>The classifier, and the label that the same picture had before if it had another.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a name is wrong, or it is no picture; else as <see cref="StandardEmbedder.EmbedAsync"/> and <see cref="TaughtClassifiers.Change"/> say.</exception>
    public async ValueTask<(TaughtClassifier Classifier, string? Corrected)> TeachAsync(
        CapabilityContext call, string name, string label, ReadOnlyMemory<byte> encoded, bool trains, CancellationToken cancellationToken)
    {
        Check(name, label);
        var vector = await embedder.EmbedAsync(encoded, call.Models, cancellationToken).ConfigureAwait(false);
        var views = new List<float[]> { vector.Values };
        foreach (var variation in await variations.MakeAsync(encoded, cancellationToken).ConfigureAwait(false))
        {
            views.Add((await embedder.EmbedAsync(variation, call.Models, cancellationToken).ConfigureAwait(false)).Values);
        }

        return Learn(call, name, label, views, vector.Space, trains);
    }

    /// <summary>Teaches what would have been right of an answer of late, by the vector that it was made of.</summary>
    /// <param name="call">Whose classifier it is, and where training comes from.</param>
    /// <param name="name">The classifier.</param>
    /// <param name="label">What is right.</param>
    /// <param name="answer">The answer's id.</param>
    /// <returns>As <see cref="TeachAsync"/>.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a name is wrong; else as <see cref="RecentAnswers.Find"/> and <see cref="TaughtClassifiers.Change"/> say.</exception>
    public (TaughtClassifier Classifier, string? Corrected) Correct(CapabilityContext call, string name, string label, string answer)
    {
        Check(name, label);
        var given = answers.Find(call.App, name, answer);
        return Learn(call, name, label, [given.Vector], given.Encoder, trains: true);
    }

    /// <summary>Finds a classifier of an app.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has taught none of that name.</exception>
    public TaughtClassifier Get(AppIdentity app, string name) => classifiers.Find(app, name) ?? throw Missing();

    /// <summary>Makes the version before serve.</summary>
    /// <returns>The version that served, and the classifier as it is now.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has taught none of that name; <see cref="ErrorCode.FailedPrecondition"/>: nothing is before what serves.</exception>
    public (string From, TaughtClassifier Classifier) RollBack(CapabilityContext call, string name)
    {
        var from = string.Empty;
        var now = classifiers.Change(call.App, name, before =>
        {
            if (before is null) throw Missing();
            from = before.Version;
            return before.RolledBack()
                ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The nearest mean serves for '{name}', and nothing is before that; its versions are in the reply of vision.classifiers.");
        }) ?? throw Missing();
        trainings.Notice(call.App, now, call.Trainer, isTaught: true);
        return (from, now);
    }

    /// <summary>Judges a picture by a classifier.</summary>
    /// <returns>All classes and <c>unknown</c>, the surest first, the models that judged, and the answer's id for <see cref="Correct"/>.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has taught none of that name; else as <see cref="StandardEmbedder.EmbedAsync"/> says.</exception>
    public async ValueTask<(SceneJudgement Judgement, string? Answer)> ClassifyAsync(CapabilityContext call, string name, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        var classifier = Get(call.App, name);
        trainings.Notice(call.App, classifier, call.Trainer, isTaught: false);
        var vector = await embedder.EmbedAsync(encoded, call.Models, cancellationToken).ConfigureAwait(false);
        if (vector.Space != classifier.Encoder) throw Changed(name);
        var judgement = new SceneJudgement(new TaughtJudge(classifier).Judge(vector.Values), [.. vector.Models, $"{name}@{classifier.Version}"]);
        return (judgement, answers.Add(call.App, name, vector.Space, vector.Values));
    }

    private (TaughtClassifier Classifier, string? Corrected) Learn(CapabilityContext call, string name, string label, List<float[]> views, string encoder, bool trains)
    {
        string? corrected = null;
        var kept = classifiers.Change(call.App, name, before =>
        {
            if (before is not null && before.Encoder != encoder) throw Changed(name);
            before ??= new TaughtClassifier { Name = name, Number = 0, Encoder = encoder, Examples = [] };
            var examples = before.Examples.ToList();
            if (TaughtJudge.Find(examples, views[0]) is var same && same >= 0)
            {
                if (examples[same].Label == label) return trains && !before.IsPending && before.Versions.Count == 0 ? before with { IsPending = true } : null;
                corrected = examples[same].Label;

                // The variations of the picture are of more use than its vector alone.
                if (views.Count < examples[same].Views.Count) views = [.. examples[same].Views];
                examples.RemoveAt(same);
            }

            examples.Add(new TaughtExample(label, views, before.Number + 1));

            // A head that knows all classes serves on until the next one is trained, unless it learnt what was wrong.
            var isStale = corrected is not null || before.Head?.Labels.Contains(label) != true;
            return before with { Examples = examples, Serving = isStale ? 0 : before.Serving, MeansAccuracy = isStale ? null : before.MeansAccuracy, IsPending = before.IsPending || trains };
        }) ?? throw Changed(name);
        trainings.Notice(call.App, kept, call.Trainer, isTaught: true);
        return (kept, corrected);
    }

    private static void Check(string name, string label)
    {
        if (!AppFiles.IsName(name)) throw Wrong("'classifier' must have 1 to 64 characters of a-z 0-9 _ -.");
        if (string.IsNullOrWhiteSpace(label) || label.Length > LongestLabel) throw Wrong($"'label' must have 1 to {LongestLabel} characters.");
        if (label == SceneHead.Unknown) throw Wrong($"'{SceneHead.Unknown}' is what pictures of no class are called; choose another label.");
    }

    private static EdgeHostException Missing()
        => new(ErrorCode.NotFound, "This app has taught no classifier of that name; teach it a picture with vision.teach, or leave 'classifier' out for the classes of a model.");

    private static EdgeHostException Changed(string name)
        => new(ErrorCode.FailedPrecondition, $"The classifier '{name}' was taught with another version of the model that compares pictures; forget it with vision.forget and teach it again.");

    private static EdgeHostException Wrong(string message) => new(ErrorCode.InvalidArgument, message);
}
