using System.Buffers.Binary;
using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Vision.Vectors;

/// <summary>Serves <c>vision.embed_image</c>.</summary>
[Capability(
    VisionMethods.EmbedImage,
    Summary = "Makes a vector of a picture: pictures of like content have vectors that are near each other.",
    Example = """{"image":"@photo.jpg"}""",
    Models = ["det-centernet"])]
internal sealed class EmbedImageHandler(PictureEmbedder embedder) : CapabilityHandler<EmbedImageRequest, EmbedImageResponse>
{
    public override async ValueTask<EmbedImageResponse> HandleAsync(EmbedImageRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var vector = await embedder.EmbedAsync(request.Image, request.Model, context.Models, cancellationToken).ConfigureAwait(false);
        var bytes = new byte[vector.Values.Length * sizeof(float)];
        for (var i = 0; i < vector.Values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector.Values[i]);
        return new EmbedImageResponse { Embedding = bytes, Dimensions = vector.Values.Length, Model = vector.Model };
    }
}
