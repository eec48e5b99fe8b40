# Shows one screen of the office in a browser that fills a monitor, and keeps it there.
#
#   powershell -ExecutionPolicy Bypass -File screen.ps1 display [-Server URL] [-Monitor 2]
#
# The browser has a profile of its own for each screen. Sound needs no tap; it comes from the output
# that Windows has for this browser (Settings, System, Sound, Volume mixer).
param(
    [Parameter(Mandatory = $true)][ValidateSet("kiosk", "display", "counter")][string]$Kind,
    [string]$Server = "http://localhost:8017",
    [int]$Monitor = 1
)

Add-Type -AssemblyName System.Windows.Forms
$screens = @([System.Windows.Forms.Screen]::AllScreens | Sort-Object { $_.Bounds.X }, { $_.Bounds.Y })
if ($Monitor -lt 1 -or $Monitor -gt $screens.Count) {
    Write-Warning "There is no monitor $Monitor; using the first."
    $Monitor = 1
}
$place = $screens[$Monitor - 1].Bounds

$candidates = @(
    "$env:ProgramFiles\Google\Chrome\Application\chrome.exe",
    "${env:ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe",
    "${env:ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe",
    "$env:ProgramFiles\Microsoft\Edge\Application\msedge.exe"
)
$browser = $candidates | Where-Object { Test-Path $_ } | Select-Object -First 1
if (-not $browser) { throw "Neither Chrome nor Edge was found." }

# The monitor and the computer stay awake while on mains power.
powercfg /change monitor-timeout-ac 0
powercfg /change standby-timeout-ac 0

# A kiosk and a display have the monitor to themselves; at a counter there are other programs too.
$window = if ($Kind -eq "counter") { "--start-maximized" } else { "--kiosk" }

$userData = Join-Path $env:LOCALAPPDATA "Antrean\$Kind-$Monitor"
New-Item -ItemType Directory -Force $userData | Out-Null

while ($true) {
    try { Invoke-WebRequest "$Server/health" -UseBasicParsing -TimeoutSec 3 | Out-Null; break }
    catch { Write-Host "Waiting for $Server"; Start-Sleep 2 }
}

while ($true) {
    $arguments = @(
        $window, "--app=$Server/$Kind",
        "--user-data-dir=`"$userData`"", "--window-position=$($place.X),$($place.Y)",
        "--autoplay-policy=no-user-gesture-required", "--no-first-run",
        "--no-default-browser-check", "--disable-session-crashed-bubble",
        "--hide-crash-restore-bubble", "--noerrdialogs", "--disable-pinch",
        "--overscroll-history-navigation=0", "--disable-features=Translate"
    )
    Start-Process $browser $arguments -Wait
    Start-Sleep 2
}
