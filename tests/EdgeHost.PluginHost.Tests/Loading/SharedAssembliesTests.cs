using System.Reflection;
using System.Xml.Linq;
using EdgeHost.PluginHost.Loading;
using EdgeHost.TestKit;

namespace EdgeHost.PluginHost.Tests.Loading;

public sealed class SharedAssembliesTests
{
    [Fact]
    public void List_AndTheSdksBuildFiles_AreTheSame()
    {
        var targets = XDocument.Load(Path.Combine(Repository.Root, "sdk", "EdgeHost.PluginSdk", "build", "EdgeHost.PluginSdk.targets"));
        var built = targets.Descendants("EdgeHostSharedAssembly").Select(item => item.Attribute("Include")!.Value);

        Assert.Equal(built.Order(StringComparer.Ordinal), SharedAssemblies.Contract.Concat(SharedAssemblies.SafetyNet).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Resolve_HostWithoutAnEngine_SharesTheContractAlone()
        => Assert.Equal(SharedAssemblies.Contract, SharedAssemblies.Resolve().Select(name => name.Name));

    [Fact]
    public void Contract_WhatItRefersTo_IsSharedOrOfTheFramework()
    {
        // The loader also shares what a shared assembly refers to: nothing else may slip in that way.
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var others = SharedAssemblies.Contract
            .SelectMany(name => Assembly.Load(name).GetReferencedAssemblies())
            .Select(name => name.Name!)
            .Except(SharedAssemblies.Contract, StringComparer.Ordinal)
            .Where(name => !File.Exists(Path.Combine(framework, name + ".dll")));

        Assert.Empty(others);
    }
}
