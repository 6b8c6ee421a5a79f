using EdgeHost.Plugins.Health.Charts.Painting;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>Something that is drawn in a panel. Immutable.</summary>
public abstract class ChartLayer
{
    private protected ChartLayer()
    {
    }

    /// <summary>What the legend says of it; null: nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What its colour means.</summary>
    public ChartColor Color { get; init; }

    /// <summary>Whether lines of the grid lie over it.</summary>
    internal virtual bool IsGround => false;

    /// <summary>Draws it within the panel.</summary>
    internal abstract void Draw(PanelCanvas panel);

    /// <summary>Draws what the legend shows before its name: a field of 16 by 10 points.</summary>
    internal abstract void DrawSign(PanelCanvas panel, float left, float top);
}
