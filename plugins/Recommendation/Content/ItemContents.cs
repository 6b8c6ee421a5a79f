using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Storage;

namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>The vectors of a catalogue's items, whoever made them: which models' count, and how those of an item are joined. Changed in the catalogue's turn alone.</summary>
internal sealed class ItemContents(EmbeddingOptions options)
{
    private const int MostRows = 500;

    private readonly long[] _counts = new long[2];
    private JoinedVectors _joined = JoinedVectors.None;

    /// <summary>Keeps in mind what is to be made of an item, and its picture; in the transaction that puts the item.</summary>
    public void Want(ContentTable table, CatalogItem item)
    {
        var text = options.IsOn && item.Embedding is null ? ContentSource.TextOf(item.Title, item.Text, options.MaxCharacters) : string.Empty;
        if (text.Length > 0 && HasRoom(table, item.Item, ContentPart.Text)) table.Want(item.Item, ContentPart.Text, ContentSource.HashOf(text));
        else table.Drop(item.Item, ContentPart.Text);

        if (options.IsOn && item.Embedding is null && item.Image is { } picture && HasRoom(table, item.Item, ContentPart.Picture))
        {
            table.PutPicture(item.Item, picture.ToArray());
            table.Want(item.Item, ContentPart.Picture, ContentSource.HashOf(picture.Span));
        }
        else
        {
            table.DropPicture(item.Item);
            table.Drop(item.Item, ContentPart.Picture);
        }
    }

    /// <summary>Looks which vectors count: of each part those of the model that made most.</summary>
    /// <param name="table">The vectors.</param>
    /// <param name="ownLength">Numbers of the app's own vectors.</param>
    /// <returns>Whether vectors are joined in another manner now, so that those of all items are to be joined anew.</returns>
    public bool Look(ContentTable table, int ownLength)
    {
        var states = table.States();
        foreach (var part in (ContentPart[])[ContentPart.Text, ContentPart.Picture]) _counts[(int)part] = states.Where(state => state.Part == part).Sum(static state => state.Count);
        var made = states.Where(static state => state.Model is not null).ToList();
        var (text, picture) = (Newest(ContentPart.Text), Newest(ContentPart.Picture));
        var joined = new JoinedVectors(
            ownLength, text, text is null ? 0 : table.WidthOf(ContentPart.Text, text), picture, picture is null ? 0 : table.WidthOf(ContentPart.Picture, picture));
        var isOther = joined != _joined;
        _joined = joined;
        return isOther;

        string? Newest(ContentPart part) => made.Where(state => state.Part == part).GroupBy(static state => state.Model!)
            .OrderByDescending(static model => model.Sum(static state => state.Count)).ThenByDescending(static model => model.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
    }

    /// <summary>The vector of an item.</summary>
    /// <param name="table">The vectors.</param>
    /// <param name="item">The item.</param>
    /// <param name="own">The app's own vector; empty for none.</param>
    public ReadOnlyMemory<float> VectorOf(ContentTable table, string item, ReadOnlyMemory<float> own)
        => _joined.Text + _joined.Picture == 0 ? own : _joined.Join(own, table.Of(item));

    /// <summary>The vectors of all items of which some were made.</summary>
    public IEnumerable<(string Item, IReadOnlyList<ContentVector> Made)> All(ContentTable table)
    {
        var last = string.Empty;
        while (table.After(last, MostRows) is { Count: > 0 } rows)
        {
            // The last item may go on beyond what was read.
            var groups = rows.GroupBy(static row => row.Item).ToList();
            if (rows.Count == MostRows && groups.Count > 1) groups.RemoveAt(groups.Count - 1);
            foreach (var group in groups) yield return (group.Key, group.ToList());
            last = groups[^1].Key;
        }
    }

    /// <inheritdoc cref="JoinedVectors.Join"/>
    public ReadOnlyMemory<float> Join(ReadOnlyMemory<float> own, IReadOnlyList<ContentVector> made) => _joined.Join(own, made);

    private bool HasRoom(ContentTable table, string item, ContentPart part)
    {
        if (table.Has(item, part)) return true;
        if (_counts[(int)part] >= options.MaxItems) return false;

        // Of a transaction that is undone it is one too many until the next look.
        _counts[(int)part]++;
        return true;
    }
}
