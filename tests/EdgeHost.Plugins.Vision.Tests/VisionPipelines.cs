using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Text;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The plugin's pipelines with their defaults, without a host. Disposing checks that all pixel memory came back.</summary>
internal sealed class VisionPipelines : IDisposable
{
    private readonly PixelMemoryPool _pool = new(1 << 24);
    private readonly PictureDecoder _decoder;

    public VisionPipelines()
    {
        _decoder = new PictureDecoder(new ImagingOptions(), _pool);
        Reader = new PageReader(_decoder, new TextOptions(), _pool);
        Faces = new FaceDetector(_decoder, new FaceOptions(), _pool);
    }

    public PageReader Reader { get; }

    public FaceDetector Faces { get; }

    public void Dispose()
    {
        Assert.Equal(0, _pool.Outstanding);
        _decoder.Dispose();
        _pool.Dispose();
    }
}
