# Lets the server and the screens of this computer start by themselves after signing in.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1 server
#   powershell -ExecutionPolicy Bypass -File install.ps1 display -Server http://192.168.1.10:8017 -Monitor 2
#   powershell -ExecutionPolicy Bypass -File install.ps1 firewall     (as administrator)
#   powershell -ExecutionPolicy Bypass -File install.ps1 remove
#
# Switch on automatic sign-in of this user (netplwiz), else nothing starts before somebody signs in.
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet("server", "kiosk", "display", "counter", "firewall", "remove")][string]$What,
    [string]$Server = "http://localhost:8017",
    [int]$Monitor = 1,
    [int]$Port = 8017
)

$root = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
$startup = [Environment]::GetFolderPath("Startup")

function Add-Start([string]$name, [string]$program, [string]$arguments) {
    $shortcut = (New-Object -ComObject WScript.Shell).CreateShortcut("$startup\Antrean $name.lnk")
    $shortcut.TargetPath = $program
    $shortcut.Arguments = $arguments
    $shortcut.WorkingDirectory = $root
    $shortcut.WindowStyle = 7
    $shortcut.Save()
    Write-Host "$startup\Antrean $name.lnk"
}

switch ($What) {
    "server" {
        # The versions that a bundle has packages for, the newest first.
        $launcher = Get-Command py -ErrorAction SilentlyContinue
        $version = "3.13", "3.12", "3.11" | Where-Object {
            $launcher -and (& $launcher.Source "-$_" -c "print(1)" 2>$null)
        } | Select-Object -First 1
        if ($version) { Add-Start "server" $launcher.Source "-$version run.py serve --no-open" }
        else { Add-Start "server" (Get-Command python).Source "run.py serve --no-open" }
    }
    "firewall" {
        New-NetFirewallRule -DisplayName "Antrean" -Direction Inbound -Action Allow -Protocol TCP `
            -LocalPort $Port -Profile Private, Domain
    }
    "remove" { Remove-Item "$startup\Antrean *.lnk" -ErrorAction SilentlyContinue }
    default {
        $script = Join-Path $PSScriptRoot "screen.ps1"
        Add-Start "$What $Monitor" "powershell.exe" ("-WindowStyle Hidden -ExecutionPolicy Bypass -File `"$script`" " +
            "$What -Server $Server -Monitor $Monitor")
    }
}
