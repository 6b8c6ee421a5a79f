using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>
/// The users' tower: x + relu(x A) B for the mean x of what a user met. It has no biases, so it is as linear in x as the units that are on: what each item of a history adds to a score can be told
/// exactly. Immutable.
/// </summary>
/// <param name="inner">A [width, hidden].</param>
/// <param name="outer">B [hidden, width].</param>
/// <param name="width">Numbers of x.</param>
internal sealed class UserTower(float[] inner, float[] outer, int width)
{
    /// <summary>Hidden units.</summary>
    public int Hidden => inner.Length / width;

    public long Bytes => (inner.Length + outer.Length) * 4L;

    public static UserTower Read(ModelReader reader, int width)
    {
        var hidden = reader.Int(1, 4096);
        return new UserTower(reader.Floats(hidden * width), reader.Floats(hidden * width), width);
    }

    public void Write(ModelWriter writer)
    {
        writer.Int(Hidden);
        writer.Floats(inner);
        writer.Floats(outer);
    }

    /// <summary>Makes the user's vector of the mean.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="user">Receives the vector; as long.</param>
    /// <returns>The units that are on: above zero.</returns>
    public float[] Apply(ReadOnlySpan<float> mean, Span<float> user)
    {
        var units = new float[Hidden];
        for (var i = 0; i < width; i++) VectorMath.AddScaled(inner.AsSpan(i * units.Length, units.Length), mean[i], units);
        mean.CopyTo(user);
        for (var unit = 0; unit < units.Length; unit++)
        {
            units[unit] = Math.Max(0, units[unit]);
            if (units[unit] > 0) VectorMath.AddScaled(outer.AsSpan(unit * width, width), units[unit], user);
        }

        return units;
    }

    /// <summary>What a number of the mean adds to the product with an item's vector while the same units are on: q + A (B q).</summary>
    public float[] SlopeOf(ReadOnlySpan<float> item, float[] units)
    {
        var turned = new float[units.Length];
        for (var unit = 0; unit < units.Length; unit++) turned[unit] = units[unit] > 0 ? VectorMath.Dot(outer.AsSpan(unit * width, width), item) : 0;
        var slope = item.ToArray();
        for (var i = 0; i < width; i++) slope[i] += VectorMath.Dot(inner.AsSpan(i * units.Length, units.Length), turned);
        return slope;
    }
}
