using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>The classifiers that apps taught, a file for each. An app sees its own alone, and the host deletes them with everything else of the app. Thread-safe.</summary>
internal sealed class TaughtClassifiers(IPluginStorage storage, TeachingOptions options, ILogger<TaughtClassifiers> logger)
{
    private readonly AppFiles _files = new(storage, "classifiers", ".ehc");
    private readonly Lock _gate = new();

    /// <summary>The classifiers of an app, by name. One whose file is damaged is left out, and the log says so.</summary>
    public IReadOnlyList<TaughtClassifier> List(AppIdentity app) => [.. _files.Names(app).Select(name => Find(app, name)).OfType<TaughtClassifier>()];

    /// <summary>A classifier of an app, or null.</summary>
    public TaughtClassifier? Find(AppIdentity app, string name)
    {
        if (_files.Read(app, name) is not { } file) return null;
        var found = TaughtClassifierFile.TryRead(name, file);
        if (found is null) logger.LogWarning("The taught classifier {Classifier} of {App} is damaged and is not used; teach it again.", name, app.Name);
        return found;
    }

    /// <summary>Changes a classifier, or makes it: what is there is read, changed and written as one.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">The classifier's name.</param>
    /// <param name="change">Given what is there, or null, makes what shall be; its number is set here. Null: nothing is to change.</param>
    /// <returns>What is there now; null if nothing is.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: it is more than an app may teach, or it could not be written.</exception>
    public TaughtClassifier? Change(AppIdentity app, string name, Func<TaughtClassifier?, TaughtClassifier?> change)
    {
        lock (_gate)
        {
            var before = Find(app, name);
            if (change(before) is not { } after) return before;
            Check(app, name, before, after);
            var kept = after with { Number = (before?.Number ?? 0) + 1 };
            _files.Write(app, name, TaughtClassifierFile.Write(kept));
            return kept;
        }
    }

    /// <summary>Forgets a class of a classifier, or all of it.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">The classifier's name.</param>
    /// <param name="label">The class; null for all.</param>
    /// <returns>Whether it was known.</returns>
    public bool Forget(AppIdentity app, string name, string? label)
    {
        lock (_gate)
        {
            if (label is null) return _files.Delete(app, name);
            if (Find(app, name) is not { } known || known.Examples.All(example => example.Label != label)) return false;
            if (known.Labels.Count == 1) return _files.Delete(app, name);
            Change(app, name, before => before!.Without(label));
            return true;
        }
    }

    private void Check(AppIdentity app, string name, TaughtClassifier? before, TaughtClassifier after)
    {
        if (before is null && _files.Names(app) is { } names && names.Count >= options.MaxClassifiers)
        {
            throw Full($"The app has taught {names.Count} classifiers, the most it may; forget one first, or raise the plugin's setting 'teaching:max_classifiers'.");
        }

        if (after.Examples.Count > options.MaxExamples && after.Examples.Count > (before?.Examples.Count ?? 0))
        {
            throw Full($"The classifier '{name}' has {options.MaxExamples} pictures, the most it may; forget a class first, or raise the plugin's setting 'teaching:max_examples'.");
        }

        if (after.Labels.Count > options.MaxLabels && after.Labels.Count > (before?.Labels.Count ?? 0))
        {
            throw Full($"The classifier '{name}' has {options.MaxLabels} classes, the most it may; forget one first, or raise the plugin's setting 'teaching:max_labels'.");
        }
    }

    private static EdgeHostException Full(string message) => new(ErrorCode.ResourceExhausted, message);
}
