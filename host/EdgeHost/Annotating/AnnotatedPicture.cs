using System.Text.Json;
using EdgeHost.Host.Cli;
using EdgeHost.Pictures;
using EdgeHost.Pictures.Annotations;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Annotating;

/// <summary>The picture of a request with what the response found in it, as a PNG file.</summary>
/// <param name="path">The file.</param>
/// <param name="image">The picture that was asked about.</param>
internal sealed class AnnotatedPicture(string path, ReadOnlyMemory<byte> image)
{
    private const string Field = "image";
    private const string MaskField = "mask";

    /// <summary>Checks what a command line gives before anything is called.</summary>
    /// <exception cref="UsageException">There is no picture to draw on, or the file is not to be a PNG.</exception>
    public static AnnotatedPicture Of(string path, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (!files.TryGetValue(Field, out var image)) throw new UsageException($"--annotate draws on the picture of --file {Field}=PATH, which is missing.");
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"--annotate writes a PNG file; '{path}' must end with .png.");
        return new AnnotatedPicture(path, image);
    }

    /// <summary>Draws and writes.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    /// <exception cref="EdgeHostException">The picture cannot be decoded here, or is beyond the default limits of pictures.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        var (annotations, mask) = Read(response);
        using var annotator = new PictureAnnotator(new PictureOptions());
        var png = await annotator.AnnotateAsync(image, annotations, mask, cancellationToken).ConfigureAwait(false);
        try
        {
            await File.WriteAllBytesAsync(path, png, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be written: {e.Message}");
        }
    }

    private static (IReadOnlyList<Annotation> Annotations, ReadOnlyMemory<byte>? Mask) Read(ReadOnlyMemory<byte> response)
    {
        ReadOnlyMemory<byte>? mask = null;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) WireJson.WriteTo(response, writer, Keep);
        using var document = JsonDocument.Parse(json.GetBuffer().AsMemory(0, (int)json.Length), new JsonDocumentOptions { MaxDepth = WireReader.MaxDepth });
        return (AnnotationReader.Read(document.RootElement), mask);

        string Keep(string field, ReadOnlyMemory<byte> bytes)
        {
            if (field == MaskField) mask = bytes;
            return string.Empty;
        }
    }
}
