using EdgeHost.Plugins.Vision.Classes;
using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Foreground;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.Plugins.Vision.Poses;
using EdgeHost.Plugins.Vision.Text;
using EdgeHost.Plugins.Vision.Vectors;

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
        var pictures = new PictureModels(_decoder, _pool);
        var labels = new LabelFile();
        Objects = new ObjectDetector(pictures, labels);
        Poses = new PoseEstimator(pictures);
        Classes = new ImageClassifier(pictures, labels);
        Foregrounds = new ForegroundSegmenter(pictures, _pool);
        Vectors = new PictureEmbedder(pictures);
    }

    public PageReader Reader { get; }

    public FaceDetector Faces { get; }

    public ObjectDetector Objects { get; }

    public PoseEstimator Poses { get; }

    public ImageClassifier Classes { get; }

    public ForegroundSegmenter Foregrounds { get; }

    public PictureEmbedder Vectors { get; }

    public void Dispose()
    {
        Assert.Equal(0, _pool.Outstanding);
        _decoder.Dispose();
        _pool.Dispose();
    }
}
