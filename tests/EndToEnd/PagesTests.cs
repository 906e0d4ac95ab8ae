using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace IotGateway.EndToEnd.Tests;

/// <summary>The pages as a person meets them: in a real browser, on a phone's width and a desk's, while readings arrive.</summary>
public class PagesTests
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public async Task AHivesPageShowsANewReadingWithoutAReload()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Debian's chromium is not installed.");
        await using var chain = new Chain();
        await chain.EnrollAsync();
        await chain.StartCloudAsync();
        await chain.StartFieldAsync("--speed", "4000", "--synthetic", "1");
        await chain.StartEdgeAsync();
        await chain.UntilAsync("half a day of readings", () => StoredReadings.CountAsync(chain), n => n > 700);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };

        await page.GotoAsync(chain.CloudUrl);
        await page.GetByRole(AriaRole.Link, new() { Name = "Hive 3627" }).First.ClickAsync();
        await page.WaitForSelectorAsync("h1:has-text('Hive 3627')");

        // The temperature chart is drawn from data: a line of many points, an axis with its unit, the outside beside it.
        var chart = page.Locator("svg.chart:visible").First;
        var line = await chart.Locator("path.line").First.GetAttributeAsync("d");
        Assert.True(line!.Count(c => c is 'L' or 'M') > 20, line);
        Assert.Equal("°C", await chart.Locator("text.unit").TextContentAsync());
        Assert.True(await chart.Locator("text.tick").CountAsync() >= 4);
        Assert.Contains("rule, not a trained model", await page.Locator("main").TextContentAsync() ?? "", StringComparison.Ordinal);

        // A new reading arrives in the page that stands open: the script's mark survives, so nothing was loaded anew.
        await page.EvaluateAsync("window.stillTheSamePage = true");
        await page.WaitForFunctionAsync(
            "before => document.querySelector('svg.chart path.line').getAttribute('d') !== before", line, new() { Timeout = 30_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.stillTheSamePage === true"));
        Assert.Empty(errors);
    }

    [Fact]
    public async Task EveryPageFitsEachWidthAndCanBeReadByAll()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Debian's chromium is not installed.");
        await using var chain = new Chain();
        await chain.EnrollAsync();
        await chain.StartCloudAsync();
        await chain.StartFieldAsync("--speed", "0", "--from", "2021-06-19", "--until", "2021-06-22");
        await chain.StartEdgeAsync();
        await chain.Field!.SaysAsync("replay ended", Chain.Patience);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);

        string[] addresses =
        [
            chain.CloudUrl, chain.CloudUrl + "/hives/3627?range=7d", chain.CloudUrl + "/gateways", chain.CloudUrl + "/nothing-here",
            chain.CloudUrl + "/record", chain.CloudUrl + "/hives/3627/forecasts/nest-temperature", chain.EdgeUrl,
            chain.CloudUrl + "/regions", chain.CloudUrl + "/disease?treatment=oxalic-acid",
        ];
        foreach (var (width, scheme) in new[] { 390, 1280 }.SelectMany(w => new[] { (w, ColorScheme.Light), (w, ColorScheme.Dark) }))
        {
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            foreach (var address in addresses)
            {
                await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                Assert.True(
                    await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                    $"{address} is wider than {width} px");
                var violations = (await page.RunAxe(new AxeRunOptions())).Violations;
                var found = violations.Select(v => $"{v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Html))}");
                Assert.True(violations.Length == 0, $"{address} {width} px {scheme}: {string.Join("; ", found)}");
            }

            await page.CloseAsync();
        }
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Chromium,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    });
}
