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
        var used = new List<ModelDescription>(3);
        if (Math.Min(picture.Width, picture.Height) < MinSide) return Page([]);

        List<TextRegion> regions;
        using (var detector = await models.LeaseAsync(TextDetector.ModelId, cancellationToken).ConfigureAwait(false))
        {
            used.Add(detector.Model);
            regions = await _detector.DetectAsync(picture.Pixels, detector, cancellationToken).ConfigureAwait(false);
        }

        if (regions.Count == 0) return Page([]);
        var corners = regions.ConvertAll(static region => LineCrop.ReadingCorners(region.Corners)).ToArray();
        List<int> upsideDown;
        using (var classifier = await models.LeaseAsync(DirectionClassifier.ModelId, cancellationToken).ConfigureAwait(false))
        {
            used.Add(classifier.Model);
            upsideDown = await _classifier.FindUpsideDownAsync(picture.Pixels, corners, classifier, cancellationToken).ConfigureAwait(false);
        }

        using var recognizer = await models.LeaseAsync(LineRecognizer.ModelId, cancellationToken).ConfigureAwait(false);
        used.Add(recognizer.Model);
        var turned = new bool[corners.Length];
        var texts = await ReadBothWaysAsync(picture.Pixels, corners, upsideDown, turned, recognizer, cancellationToken).ConfigureAwait(false);
        return Page(Order(regions, corners, turned, texts, picture));

        RecognizedPage Page(IReadOnlyList<RecognizedLine> lines) => new(lines, picture.Width, picture.Height, used);
    }

    /// <summary>
    /// Reads every line, and those that look upside down both ways: the classifier is sometimes sure and wrong, and the recogniser knows better
    /// which way makes sense. Lines whose turned reading won get turned corners and a mark.
    /// </summary>
    private async ValueTask<LineText[]> ReadBothWaysAsync(
        PixelImage picture, Quad[] corners, List<int> upsideDown, bool[] turned, IModelLease recognizer, CancellationToken cancellationToken)
    {
        var attempts = corners.Concat(upsideDown.Select(line => corners[line].UpsideDown())).ToArray();
        var texts = await _recognizer.RecognizeAsync(picture, attempts, recognizer, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < upsideDown.Count; i++)
        {
            var line = upsideDown[i];
            var other = texts[corners.Length + i];
            if (other.Confidence <= texts[line].Confidence) continue;
            texts[line] = other;
            corners[line] = attempts[corners.Length + i];
            turned[line] = true;
        }

        return texts[..corners.Length];
    }

    private List<RecognizedLine> Order(List<TextRegion> regions, Quad[] corners, bool[] turned, LineText[] texts, DecodedPicture picture)
    {
        // What was dropped takes no part in the order: a false region between two columns would join them.
        var kept = Enumerable.Range(0, texts.Length)
            .Where(i => texts[i].Confidence >= options.MinConfidence && !string.IsNullOrWhiteSpace(texts[i].Text))
            .ToList();
        var lines = new List<RecognizedLine>(kept.Count);
        var rows = ReadingOrder.Arrange(kept.ConvertAll(i => regions[i]));
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var index in rows[row])
            {
                var line = kept[index];
                lines.Add(new RecognizedLine(texts[line].Text, texts[line].Confidence, corners[line].Moved(picture.ToFull).ClampedTo(picture.Size), row, turned[line]));
            }
        }

        return lines;
    }
}
