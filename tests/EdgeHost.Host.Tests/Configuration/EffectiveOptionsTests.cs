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
    public void Read_RulesOfBothFiles_EachWithItsOriginAndNoSecret()
    {
        using var folder = new TempFolder();
        var hash = Security.Policy.AppToken.Hash(Security.Policy.AppToken.Create());
        File.WriteAllText(folder.Combine("edgehost.json"), """{"Apps":{"Rules":{"camera":{"Grants":["vision.*"],"TokenHash":"HASH"}}}}""".Replace("HASH", hash, StringComparison.Ordinal));
        File.WriteAllText(folder.Combine("apps.json"), """{"Apps":{"Rules":{"camera":{"Grants":["models.list"]},"diary":{}}}}""");

        var (lines, problems) = EffectiveOptions.Read(new HostSettings { Home = folder.Path, Configuration = HostConfiguration.Find(named: null, folder.Path) });

        Assert.Empty(problems);
        Assert.Contains(new OptionLine("Apps:Rules:camera:Grants:0", "vision.*", "file"), lines);
        Assert.Contains(new OptionLine("Apps:Rules:camera:Grants:1", "models.list", "apps.json"), lines);
        Assert.Contains(new OptionLine("Apps:Rules:camera:TokenHash", "***", "file"), lines);
    }

    [Fact]
    public void Read_WhatOnlyAValidatorSees_IsAProblemWithItsSection()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Combine("c.json"), """{"Runtime":{"Scheduling":{"AppWeights":{"a":5000}}},"Plugins":{"RetryDelay":"1 h","MaxRetryDelay":"1 min"}}""");

        var (_, problems) = EffectiveOptions.Read(new HostSettings { Home = folder.Combine("home"), Configuration = HostConfiguration.Load(folder.Combine("c.json")) });

        Assert.Contains(problems, problem => problem.StartsWith("Runtime:Scheduling:AppWeights:a is 5000", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("Plugins:MaxRetryDelay is 00:01:00", StringComparison.Ordinal));
    }
}
