using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Tests.Manifests;

public sealed class ModelVersionComparerTests
{
    [Theory]
    [InlineData("1.0.0", "1.0.0", 0)]
    [InlineData("1.0", "1.0.0", 0)]
    [InlineData("1.0.0+a", "1.0.0+b", 0)]
    [InlineData("1.9.0", "1.10.0", -1)]
    [InlineData("1.0.0-rc.1", "1.0.0", -1)]
    [InlineData("1.0.0-rc.2", "1.0.0-rc.10", -1)]
    [InlineData("1.0.0-rc", "1.0.0-rc.1", -1)]
    [InlineData("1.0.0-alpha", "1.0.0-beta", -1)]
    [InlineData("1.0.0-1", "1.0.0-alpha", -1)]
    [InlineData("2", "1.99999999999999999999999999", 1)]
    [InlineData("20260101", "20251231", 1)]
    public void Compare_TwoVersions_OrdersAsSemanticVersioning(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(ModelVersionComparer.Instance.Compare(left, right)));
        Assert.Equal(-expected, Math.Sign(ModelVersionComparer.Instance.Compare(right, left)));
    }
}
