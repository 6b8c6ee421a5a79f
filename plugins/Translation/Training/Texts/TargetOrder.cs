using EdgeHost.Plugins.Translation.Training.Networks;

namespace EdgeHost.Plugins.Translation.Training.Texts;

/// <summary>
/// The vocabulary in an order in which what occurs in translations comes first, so that training scores no piece that never comes out: with one
/// vocabulary for two languages that is nearly half of the work of the last layer. Immutable.
/// </summary>
internal sealed class TargetOrder
{
    private readonly int[] _places;

    /// <summary>Orders the pieces.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="translations">Ids of the translations to learn from.</param>
    public TargetOrder(int count, IEnumerable<int[]> translations)
    {
        var occurs = new bool[count];
        (occurs[MarianShape.End], occurs[MarianShape.Unknown]) = (true, true);
        foreach (var translation in translations)
        {
            foreach (var id in translation) occurs[id] = true;
        }

        Ids = [.. Enumerable.Range(0, count).OrderBy(id => !occurs[id])];
        Targets = occurs.Count(one => one);
        _places = new int[count];
        for (var place = 0; place < count; place++) _places[Ids[place]] = place;
    }

    /// <summary>How many pieces occur in translations.</summary>
    public int Targets { get; }

    /// <summary>The id at each place.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>The place of an id.</summary>
    public int PlaceOf(int id) => _places[id];
}
