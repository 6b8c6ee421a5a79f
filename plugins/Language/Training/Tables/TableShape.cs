namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>A table of an encoder. Immutable.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Vector">Numbers of a row's vector.</param>
/// <param name="Sums">Numbers that follow it and are summed up, one for each tone; 0 where there are none.</param>
internal sealed record TableShape(string Name, int Vector, int Sums)
{
    /// <summary>Numbers of a row.</summary>
    public int Width => Vector + Sums;
}
