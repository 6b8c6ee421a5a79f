using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Models;

/// <summary>
/// The names of a model's classes: the file that its property <c>labels</c> names, with a name a line, or a JSON file whose <c>id2label</c> maps numbers to names. Read once for a
/// version. Thread-safe.
/// </summary>
internal sealed class LabelFile
{
    // More classes than any public picture model has.
    private const int MaxLabels = 100_000;
    private const int MaxLabelLength = 256;
    private const int MostKept = 16;
    private const string Property = "labels";
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _known = new(StringComparer.Ordinal);

    /// <summary>The names, by the number of the class.</summary>
    /// <param name="lease">The model.</param>
    /// <param name="classes">How many classes its outputs have.</param>
    /// <param name="fallback">The names where its manifest has no property <c>labels</c>; null: there must be one.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there are none, they cannot be read, or they are not as many as the classes.</exception>
    public async ValueTask<IReadOnlyList<string>> OfAsync(IModelLease lease, int classes, IReadOnlyList<string>? fallback, CancellationToken cancellationToken)
    {
        var labels = new ModelProperties(lease.Model).Text(Property) is { } file
            ? await ReadAsync(lease, file, cancellationToken).ConfigureAwait(false)
            : fallback ?? throw Wrong(lease, "its manifest does not name the file of its labels: add the property 'labels'");
        return labels.Count == classes ? labels : throw Wrong(lease, $"it has {classes} classes and {labels.Count} labels");
    }

    /// <summary>Reads a file of labels.</summary>
    /// <param name="content">UTF-8.</param>
    /// <param name="labels">The names; empty if it cannot be read.</param>
    /// <returns>What is wrong, as the rest of a sentence; null if nothing is.</returns>
    internal static string? TryRead(ReadOnlySpan<byte> content, out IReadOnlyList<string> labels)
    {
        labels = [];
        try
        {
            var text = new UTF8Encoding(false, true).GetString(content).TrimStart('\uFEFF');
            var read = text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal) ? OfJson(text) : text.TrimEnd().Split('\n', MaxLabels + 1, StringSplitOptions.TrimEntries);
            if (read is null) return "has no 'id2label' that numbers its labels from 0";
            if (read.Length > MaxLabels) return $"has more than {MaxLabels:N0} labels";
            if (Array.FindIndex(read, static label => label.Length is 0 or > MaxLabelLength) is >= 0 and var bad) return $"has an empty or very long label at {bad}";
            labels = read;
            return null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // The last: a text of well-formed JSON may stand for characters that there are not.
            return "is no UTF-8 text or broken JSON";
        }
    }

    private static string[]? OfJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (!json.RootElement.TryGetProperty("id2label", out var map) || map.ValueKind != JsonValueKind.Object) return null;
        var count = map.EnumerateObject().Count();
        if (count > MaxLabels) return new string[count];
        var labels = new string[count];
        foreach (var entry in map.EnumerateObject())
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id >= count || entry.Value.ValueKind != JsonValueKind.String) return null;
            labels[id] = entry.Value.GetString()!;
        }

        return labels.Contains(null) ? null : labels;
    }

    private static EdgeHostException Wrong(IModelLease lease, string problem) => new(ErrorCode.FailedPrecondition, $"The model '{lease.Model.Id}' cannot be used: {problem}.");

    private async ValueTask<IReadOnlyList<string>> ReadAsync(IModelLease lease, string file, CancellationToken cancellationToken)
    {
        var key = $"{lease.Model.Id}@{lease.Model.Version}/{file}";
        if (_known.TryGetValue(key, out var known)) return known;
        var content = await lease.ReadFileAsync(file, cancellationToken).ConfigureAwait(false);
        if (TryRead(content.Span, out var labels) is { } problem) throw Wrong(lease, $"its file '{file}' {problem}");
        if (_known.Count >= MostKept) _known.Clear();
        return _known[key] = labels;
    }
}
