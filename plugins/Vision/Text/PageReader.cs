using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>Reads all text of a picture: find regions, turn those on their head, read each line, put them in reading order. Thread-safe.</summary>
internal sealed class PageReader(PictureDecoder decoder, TextOptions options, PixelMemoryPool pool)
{
    // No text fits into fewer pixels than this.
    private const int MinSide = 6;

    // The detector finds text from about a hundredth of its input; at three times its input such text still has the recogniser's 48 pixels.
    private const int UsefulDetail = 3;

    private readonly TextDetector _detector = new(options, pool);
    private readonly DirectionClassifier _classifier = new(options, pool);
    private readonly LineRecognizer _recognizer = new(options, pool);

    /// <summary>Reads a picture.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="models">Where the three models come from.</param>
    /// <param name="cancellationToken">Stops between stages and inside runs of a model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureDecoder.DecodeAsync"/>, <see cref="IModelProvider.LeaseAsync"/> and <see cref="IModelLease.RunAsync"/> say.</exception>
    public async ValueTask<RecognizedPage> ReadAsync(ReadOnlyMemory<byte> encoded, IModelProvider models, CancellationToken cancellationToken)
    {
        using var picture = await decoder.DecodeAsync(encoded, UsefulDetail * options.DetectorSide, cancellationToken).ConfigureAwait(false);
        if (Math.Min(picture.Width, picture.Height) < MinSide) return new RecognizedPage([], picture.Width, picture.Height);

        List<TextRegion> regions;
        using (var detector = await models.LeaseAsync(TextDetector.ModelId, cancellationToken).ConfigureAwait(false))
        {
            regions = await _detector.DetectAsync(picture.Pixels, detector, cancellationToken).ConfigureAwait(false);
        }

        if (regions.Count == 0) return new RecognizedPage([], picture.Width, picture.Height);
        var corners = regions.ConvertAll(static region => LineCrop.ReadingCorners(region.Corners)).ToArray();
        List<int> upsideDown;
        using (var classifier = await models.LeaseAsync(DirectionClassifier.ModelId, cancellationToken).ConfigureAwait(false))
        {
            upsideDown = await _classifier.FindUpsideDownAsync(picture.Pixels, corners, classifier, cancellationToken).ConfigureAwait(false);
        }

        using var recognizer = await models.LeaseAsync(LineRecognizer.ModelId, cancellationToken).ConfigureAwait(false);
        var texts = await ReadBothWaysAsync(picture.Pixels, corners, upsideDown, recognizer, cancellationToken).ConfigureAwait(false);
        return new RecognizedPage(Order(regions, corners, texts, picture), picture.Width, picture.Height);
    }

    /// <summary>
    /// Reads every line, and those that look upside down both ways: the classifier is sometimes sure and wrong, and the recogniser knows better
    /// which way makes sense. Turns the corners of lines whose turned reading won.
    /// </summary>
    private async ValueTask<LineText[]> ReadBothWaysAsync(
        PixelImage picture, Quad[] corners, List<int> upsideDown, IModelLease recognizer, CancellationToken cancellationToken)
    {
        var attempts = corners.Concat(upsideDown.Select(line => corners[line].UpsideDown())).ToArray();
        var texts = await _recognizer.RecognizeAsync(picture, attempts, recognizer, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < upsideDown.Count; i++)
        {
            var line = upsideDown[i];
            var turned = texts[corners.Length + i];
            if (turned.Confidence <= texts[line].Confidence) continue;
            texts[line] = turned;
            corners[line] = attempts[corners.Length + i];
        }

        return texts[..corners.Length];
    }

    private List<RecognizedLine> Order(List<TextRegion> regions, Quad[] corners, LineText[] texts, DecodedPicture picture)
    {
        // What was dropped takes no part in the order: a false region between two columns would join them.
        var kept = Enumerable.Range(0, texts.Length)
            .Where(i => texts[i].Confidence >= options.MinConfidence && !string.IsNullOrWhiteSpace(texts[i].Text))
            .ToList();
        var scale = new Vector2(picture.ScaleX, picture.ScaleY);
        var size = new Vector2(picture.Width, picture.Height);
        var lines = new List<RecognizedLine>(kept.Count);
        var rows = ReadingOrder.Arrange(kept.ConvertAll(i => regions[i]));
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var index in rows[row])
            {
                var line = kept[index];
                lines.Add(new RecognizedLine(texts[line].Text, texts[line].Confidence, corners[line].Scaled(scale).ClampedTo(size), row));
            }
        }

        return lines;
    }
}
