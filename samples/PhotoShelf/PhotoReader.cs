using System.Collections.Concurrent;
using EdgeHost;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Client;

namespace PhotoShelf;

/// <summary>Asks the host what is in a photo: background work, so that whoever waits for an answer is served first. Thread-safe.</summary>
internal sealed class PhotoReader(EdgeHostClient client)
{
    private const string Person = "person";
    private const string Unknown = "unknown";

    private static readonly CallOptions Background = new() { Priority = CallPriority.Background };

    private readonly ConcurrentDictionary<string, string> _missing = new(StringComparer.Ordinal);

    /// <summary>What the host cannot do for want of a model, and how to get it.</summary>
    public IEnumerable<string> Missing => _missing.Values;

    /// <summary>Looks at one photo.</summary>
    /// <exception cref="EdgeHostException">The file is no picture, or the host went away.</exception>
    public async Task<Photo> ReadAsync(string file, string stamp, ReadOnlyMemory<byte> image, CancellationToken cancellationToken)
    {
        // All at once: the host decides what runs when.
        var text = TryAsync(VisionMethods.RecognizeText, () => client.Vision.RecognizeTextAsync(image, Background, cancellationToken));
        var faces = TryAsync(VisionMethods.DetectFaces, () => client.Vision.DetectFacesAsync(image, Background, cancellationToken));
        var objects = TryAsync(VisionMethods.DetectObjects, () => client.Vision.DetectObjectsAsync(image, Background, cancellationToken));
        var scene = TryAsync(VisionMethods.RecognizeScene, () => client.Vision.RecognizeSceneAsync(new RecognizeSceneRequest { Image = image, TopK = 1 }, Background, cancellationToken));
        await Task.WhenAll(text, faces, objects, scene);
        IReadOnlyList<Thing> things = [.. (await objects)?.Objects.Select(static found => new Thing(found.Label, found.Box.X, found.Box.Y, found.Box.Width, found.Box.Height)) ?? []];
        var (width, height) = (await text) is { } read ? (read.Width, read.Height) : (await objects) is { } seen ? (seen.Width, seen.Height) : ((await faces)?.Width ?? 0, (await faces)?.Height ?? 0);

        IReadOnlyList<string> scenes = [.. (await scene)?.Labels.Select(static label => label.Label).Where(static label => label != Unknown) ?? []];

        // Somebody seen from behind has no face, and a portrait hardly more than one.
        var people = Math.Max(things.Count(static thing => thing.Label == Person), (await faces)?.Faces.Count ?? 0);
        return new Photo(file, stamp, width, height, (await text)?.Text ?? string.Empty, things, scenes, people);
    }

    // A page without scenes is better than none: what lacks a model is said once, at the end.
    private async Task<T?> TryAsync<T>(string method, Func<ValueTask<T>> call)
        where T : class
    {
        if (_missing.ContainsKey(method)) return null;
        try
        {
            return await call();
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.FailedPrecondition or ErrorCode.Unimplemented)
        {
            _missing.TryAdd(method, $"{method}: {e.Message}");
            return null;
        }
    }
}
