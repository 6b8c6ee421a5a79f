using EdgeHost.Capabilities.Language;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>Makes vectors of texts with <c>language.embed</c> and of pictures with <c>vision.embed_image</c>, through the host and in the app's name. Used by one caller at a time.</summary>
internal sealed class PartEmbedder(CatalogTurn turn, ICapabilityCaller calls, EmbeddingOptions options)
{
    private const int MostPictures = 4;

    /// <summary>Makes vectors of some items.</summary>
    /// <param name="part">Of which part.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>The vectors; empty where none waits.</returns>
    /// <exception cref="EdgeHostException">None can be made now.</exception>
    public async Task<IReadOnlyList<ContentVector>> MakeAsync(ContentPart part, CancellationToken cancellationToken)
        => part == ContentPart.Text ? await MakeTextsAsync(cancellationToken).ConfigureAwait(false) : await MakePicturesAsync(cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<ContentVector>> MakeTextsAsync(CancellationToken cancellationToken)
    {
        var waiting = await turn.GoOnAsync(
            (database, contents) => database.Content.Waiting(ContentPart.Text, options.Batch).ConvertAll(row =>
            {
                var item = contents.Find(row.Item);
                return (row.Item, row.Source, Text: ContentSource.TextOf(item?.Title, item?.Text, options.MaxCharacters));
            }),
            cancellationToken).ConfigureAwait(false);
        if (waiting.Count == 0) return [];
        try
        {
            return await EmbedAsync(waiting, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument && waiting.Count > 1)
        {
            // One of them is at fault; it must not hold up the others.
            var made = new List<ContentVector>(waiting.Count);
            foreach (var one in waiting) made.AddRange(await TryAsync(one.Item, ContentPart.Text, one.Source, () => EmbedAsync([one], cancellationToken)).ConfigureAwait(false));
            return made;
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            return [Never(waiting[0].Item, ContentPart.Text, waiting[0].Source)];
        }
    }

    private async Task<IReadOnlyList<ContentVector>> EmbedAsync(List<(string Item, byte[] Source, string Text)> texts, CancellationToken cancellationToken)
    {
        var request = new EmbedTextRequest { Texts = [.. texts.Select(static text => text.Text)], Model = options.TextModel };
        var answer = await calls.CallAsync<EmbedTextRequest, EmbedTextResponse>(LanguageMethods.Embed, request, cancellationToken).ConfigureAwait(false);
        if (answer.Embeddings.Count != texts.Count) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"{LanguageMethods.Embed} gave {answer.Embeddings.Count} vectors of {texts.Count} texts.");
        return [.. texts.Select((text, i) => Made(text.Item, ContentPart.Text, text.Source, answer.Model, answer.Embeddings[i].Span))];
    }

    private async Task<IReadOnlyList<ContentVector>> MakePicturesAsync(CancellationToken cancellationToken)
    {
        var waiting = await turn.GoOnAsync(
            static (database, _) => database.Content.Waiting(ContentPart.Picture, MostPictures).ConvertAll(row => (row.Item, row.Source, Picture: database.Content.Picture(row.Item) ?? [])), cancellationToken).ConfigureAwait(false);
        var made = new List<ContentVector>(waiting.Count);
        foreach (var (item, source, picture) in waiting)
        {
            made.AddRange(await TryAsync(item, ContentPart.Picture, source, async () =>
            {
                var request = new EmbedImageRequest { Image = picture, Model = options.PictureModel };
                var answer = await calls.CallAsync<EmbedImageRequest, EmbedImageResponse>(VisionMethods.EmbedImage, request, cancellationToken).ConfigureAwait(false);
                return [Made(item, ContentPart.Picture, source, answer.Model, answer.Embedding.Span)];
            }).ConfigureAwait(false));
        }

        return made;
    }

    private static async Task<IReadOnlyList<ContentVector>> TryAsync(string item, ContentPart part, byte[] source, Func<Task<IReadOnlyList<ContentVector>>> make)
    {
        try
        {
            return await make().ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            return [Never(item, part, source)];
        }
    }

    private static ContentVector Made(string item, ContentPart part, byte[] source, string model, ReadOnlySpan<byte> bytes)
    {
        var values = bytes.Length % sizeof(float) == 0 ? ItemVector.FromBytes(bytes).Values.ToArray() : [];
        return values.Length > 0 && Array.TrueForAll(values, float.IsFinite) ? new ContentVector(item, part, source, model, values) : Never(item, part, source);
    }

    private static ContentVector Never(string item, ContentPart part, byte[] source) => new(item, part, source, Model: null, []);
}
