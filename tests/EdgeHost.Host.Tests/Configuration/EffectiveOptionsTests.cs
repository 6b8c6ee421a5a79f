using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class EffectiveOptionsTests
{
    [Fact]
    public void Read_CommandLineOverFileOverDefault_EachWithItsOrigin()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Combine("c.json"), """{"Runtime":{"Pool":{"BudgetBytes":"600 MB","IdleTimeout":"5 min"}},"Plugins":{"Directories":[{"Path":"/srv/p"}]}}""");

        var (lines, problems) = EffectiveOptions.Read(new HostSettings
        {
            Home = folder.Combine("home"),
            MemoryBudgetBytes = 5 << 20,
            Configuration = HostConfiguration.Load(folder.Combine("c.json")),
            Overrides = new Dictionary<string, string> { ["Runtime:Pool:BudgetBytes"] = OptionLine.FromCommandLine },
        });

        Assert.Empty(problems);
        Assert.Contains(new OptionLine("Runtime:Pool:BudgetBytes", "5 MiB", "command line"), lines);
        Assert.Contains(new OptionLine("Runtime:Pool:IdleTimeout", "5 min", "file"), lines);
        Assert.Contains(new OptionLine("Runtime:StateFolder", folder.Combine("home", "state"), "default"), lines);
        Assert.Equal("file", lines.Single(line => line.Value == "/srv/p").Origin);
        Assert.All(lines.Where(line => line.Key.StartsWith("Plugins:Directories:0", StringComparison.Ordinal)), line => Assert.Equal("default", line.Origin));
    }

    [Fact]
    public void Read_WhatOnlyAValidatorSees_IsAProblemWithItsSection()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Combine("c.json"), """{"Ipc":{"MaxDepth":1},"Plugins":{"MaxPlugins":0}}""");

        var (_, problems) = EffectiveOptions.Read(new HostSettings { Home = folder.Combine("home"), Configuration = HostConfiguration.Load(folder.Combine("c.json")) });

        Assert.Contains(problems, problem => problem.StartsWith("Ipc:MaxDepth is 1; allowed are 4 to 64", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("Plugins:MaxPlugins is 0", StringComparison.Ordinal));
    }
}
